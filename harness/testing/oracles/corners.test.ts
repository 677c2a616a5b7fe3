import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';
import { unnamed } from '../cases/contract/verdict-notation.ts';
import { expectationsIn } from '../cases/expectation.ts';
import { differentlyFound } from './agree.ts';

const folder = fileURLToPath(new URL('../cases/corners', import.meta.url));
const linesOf = (file: string): readonly HistoryLine[] =>
  readFileSync(`${folder}/${file}`, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryLine);

/** The slow judge knows of no scenario. */
const isOfBoth = ([head]: readonly HistoryLine[]): boolean => head?.type === 'head' && head.scenario === undefined;

const judged = expectationsIn('corners')
  .filter(({ exit }) => exit !== 2)
  .map(({ file }) => [file, linesOf(file)] as const);

describe('where two rules meet', () => {
  it.each(judged.filter(([, lines]) => isOfBoth(lines)))('%s: both judges find the same', async (_, lines) => {
    expect(await differentlyFound(lines)).toEqual([]);
  });

  it.each(judged)('%s: it is judged on the way as it is judged whole', async (file, lines) => {
    expect(unnamed(await checkHistory(`${folder}/${file}`))).toEqual(unnamed(await checkHistory(lines)));
  });
});
