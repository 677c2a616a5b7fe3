import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { HistoryVerdict, Verdict } from '../model/verdict.ts';
import { wideHistory } from '../testing/generators/wide-history.ts';
import { bytesOf } from '../testing/oracles/follow-bytes.ts';
import { checkCommand } from './check-command.ts';
import { mergeCommand } from './merge-command.ts';
import { splitCommand, summaryCommand } from './split-command.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-merge-'));
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  vi.spyOn(process.stderr, 'write').mockReturnValue(true);
});
afterAll(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

const verdictIn = async (file: string): Promise<HistoryVerdict> =>
  (JSON.parse(await readFile(file, 'utf8')) as Verdict).histories[0] as HistoryVerdict;

test.each([
  ['plain', 0, 0],
  ['odd', 6, 1],
])('parts of a history that is %s, merged, say what check says', async (name, oddEvery, code) => {
  const path = join(folder, `${name}.ndjson`);
  await writeFile(path, bytesOf(wideHistory('4', { shards: 4, calls: 40, oddEvery })));
  const [own, merged] = [join(folder, `${name}-own.json`), join(folder, `${name}-merged.json`)];
  expect(await checkCommand([path], { headroom: true, power: true, reporter: [`json=${own}`] })).toBe(code);
  const parts = join(folder, `${name}-parts`);
  expect(await splitCommand(path, { parts: 3, out: parts })).toBe(0);
  expect(await summaryCommand([1, 2, 3].map((part) => join(parts, `part-${part}-of-3.ndjson`)))).toBe(0);
  expect(await mergeCommand(parts, { reporter: [`json=${merged}`] })).toBe(code);
  const { headroom, detection, untested, ...whole } = await verdictIn(own);
  // These are counted over the lines of a whole history: check says them, merge-reports does not.
  expect(headroom).toBeDefined();
  expect(untested === undefined).toBe(code === 1);
  expect(detection === undefined).toBe(code === 1);
  expect(await verdictIn(merged)).toEqual(whole);
  expect(whole.power['orderedPairs']).toBeGreaterThan(0);
});

test.each([
  [{ strict: true }, '--strict'],
  [{ forbid: ['duplicate'], only: ['duplicate'] }, '--forbid, --only'],
  [{ allow: ['duplicate'] }, '--allow'],
  [{ find: ['duplicate'] }, '--find'],
  [{ ignore: ['duplicate'] }, '--ignore'],
  [{ question: 'pipeline' }, '--question'],
  [{ skip: ['duplicate'] }, '--skip'],
])('%j is refused where there are slices: they were judged when they were run', async (flags, words) => {
  const slices = await mkdtemp(join(folder, 'slices-'));
  const slice = { index: 1, count: 2, group: 'g' };
  const report = { format: 'kinesis-order-slice', version: 2, slice, scenario: 'one' };
  await writeFile(join(slices, 'one.slice-1-of-2.json'), JSON.stringify(report));
  await expect(mergeCommand(slices, flags)).rejects.toMatchObject({
    code: 'usage',
    message: `${words}: the slices in ${slices} were judged when they were run`,
  });
  expect(await mergeCommand(slices, {})).toBe(4);
});

test('what another version wrote of a slice is refused', async () => {
  const slices = await mkdtemp(join(folder, 'slices-'));
  await writeFile(join(slices, 'one.slice-1-of-1.json'), JSON.stringify({ format: 'kinesis-order-slice', version: 1 }));
  await expect(mergeCommand(slices, {})).rejects.toThrow('is not a slice report of this version');
});
