import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';
import { unnamed } from '../cases/contract/verdict-notation.ts';
import { type CaseFolder, expectationsIn } from '../cases/expectation.ts';
import { differentlyFound } from './agree.ts';
import { sampled } from './sampled.ts';

const folderOf = (name: CaseFolder): string => fileURLToPath(new URL(`../cases/${name}`, import.meta.url));
const linesOf = (path: string): readonly HistoryLine[] =>
  (path.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path))
    .toString()
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryLine);

/**
 * The slow judge knows of no scenario, of no deviations, of no stream that distributes by itself, and of no put without
 * a number.
 */
const isOfBoth = ([head, ...lines]: readonly HistoryLine[]): boolean =>
  head?.type === 'head' &&
  lines.every((line) => line.type !== 'put' || line.entries.every(({ n }) => n !== undefined)) &&
  head.scenario === undefined &&
  (head.target?.deviations ?? []).length === 0 &&
  head.stream?.distribution !== 'AUTO';

const isSimulated = (file: string): boolean => file.endsWith('.gz');

describe.each(['corners', 'edges', 'combined'] as const)('cases where two rules interact: %s', (name: CaseFolder) => {
  const judged = expectationsIn(name)
    .filter(({ exit }) => exit !== 2)
    .map(({ file }) => [file, `${folderOf(name)}/${file}`] as const)
    .map(([file, path]) => [file, path, linesOf(path)] as const);

  // The slow judge needs seconds for a simulated run.
  const ofBoth = judged.filter(([, , lines]) => isOfBoth(lines));
  const [long, short] = [ofBoth.filter(([file]) => isSimulated(file)), ofBoth.filter(([file]) => !isSimulated(file))];

  it.each([...short, ...sampled(long, 6)])('%s: both judges find the same', async (_, __, lines) => {
    expect(await differentlyFound(lines)).toEqual([]);
  });

  it.each(judged)('%s: the streaming and the full judge give the same verdict', async (_, path, lines) => {
    expect(unnamed(await checkHistory(path))).toEqual(unnamed(await checkHistory(lines)));
  });
});
