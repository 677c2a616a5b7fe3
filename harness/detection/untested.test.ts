import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HistoryLine } from '../judging/check-history.ts';
import { checkWithHeadroom } from '../session/check-with-headroom.ts';
import { history } from '../testing/generators/history-builder.ts';
import { inOrder, outOfOrder } from '../testing/generators/two-records.ts';
import { UntestedFold } from './untested.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-untested-'));
});
afterAll(() => rm(folder, { recursive: true }));

const untestedOf = (lines: readonly HistoryLine[]): readonly string[] => {
  const fold = new UntestedFold();
  for (const line of lines) fold.take(line);
  return fold.result();
};
const put = (op: number, keys: readonly string[], producer = 'p'): HistoryLine => ({
  t: op,
  type: 'put',
  op,
  producer,
  api: 'PutRecords',
  entries: keys.map((key, n) => ({ key, n })),
});
const ack = (op: number): HistoryLine => ({ t: 50 + op, type: 'ack', op, outcome: 'ok' });

test('where all went well, no retry and no reshard were tested', () => {
  expect(untestedOf(inOrder().end().lines)).toEqual(['retry', 'reshard']);
});

test('a call that failed, or was never answered, is a retry that may be tested', () => {
  expect(untestedOf(outOfOrder().end().lines)).toEqual(['reshard']);
  expect(untestedOf([put(1, ['a'])])).toEqual(['reshard']);
});

test('calls of one key and producer that overlap', () => {
  expect(untestedOf([put(1, ['a']), put(2, ['a']), ack(1), ack(2)])).toEqual(['retry', 'overlap', 'reshard']);
  expect(untestedOf([put(1, ['a']), put(2, ['b']), ack(1), ack(2)])).toEqual(['retry', 'reshard']);
  expect(untestedOf([put(1, ['a']), put(2, ['a'], 'q'), ack(1), ack(2)])).toEqual(['retry', 'reshard']);
  expect(untestedOf([put(1, ['a']), ack(1), put(2, ['a']), ack(2)])).toEqual(['retry', 'reshard']);
});

test('behind the bound a call that failed is a retry that was tested', () => {
  const fold = new UntestedFold(1);
  const lines = [put(1, ['a']), ack(1), put(2, ['a']), { t: 4, type: 'ack', op: 2, outcome: 'fail', error: 'X' }];
  for (const line of lines) fold.take(line as HistoryLine);
  expect(fold.result()).toEqual(['reshard']);
});

test('several records of one key in a call', () => {
  expect(untestedOf([put(1, ['a', 'a']), ack(1)])).toEqual(['retry', 'one-call', 'reshard']);
});

const head = (more: object): HistoryLine =>
  ({ type: 'head', format: 'kinesis-order-history', version: 1, run: 'r', ...more }) as HistoryLine;
const remediesOf = (lines: readonly HistoryLine[]): object => {
  const fold = new UntestedFold();
  for (const line of lines) fold.take(line);
  return fold.remedies();
};
const one = (op: number, producer = 'p'): HistoryLine =>
  ({ t: op, type: 'put', op, producer, api: 'PutRecord', entries: [{ key: 'a', n: op }] }) as HistoryLine;

test('a fault that would test it is one of the calls that the program made', () => {
  const recorded = head({ recorder: 'proxy' });
  const by = 'record';
  const calls = [one(1), ack(1), one(2), one(3), ack(2), ack(3), put(4, ['b', 'a', 'b']), ack(4)];
  expect(remediesOf([recorded, ...calls])).toEqual({
    retry: { by, fault: 'fail-call', options: { call: 1 } },
    overlap: { by, fault: 'swap', options: { call: 2 } },
  });
  expect(remediesOf([recorded, put(1, ['a']), ack(1), put(2, ['b', 'a', 'a']), ack(2)])).toEqual({
    retry: { by, fault: 'fail-record', options: { call: 1, entries: [0] } },
    'one-call': { by, fault: 'fail-record', options: { call: 2, entries: [1] } },
  });
});

test('a scenario names the producer if it has several, and nobody arms a fault elsewhere', () => {
  const calls = [one(1), ack(1), one(2, 'q'), one(3, 'q'), ack(2), ack(3)];
  expect(remediesOf([head({ scenario: { name: 's' } }), ...calls])).toMatchObject({
    overlap: { by: 'scenario', fault: 'swap', options: { producer: 'q', call: 1 } },
  });
  expect(remediesOf([head({ recorder: 'import' }), ...calls])).toEqual({});
  expect(remediesOf([head({}), ...calls])).toEqual({});
});

test('a consumer that never began a shard again', () => {
  const reader: HistoryLine = { t: 0, type: 'reader', reader: 'app', role: 'subject' };
  const start: HistoryLine = { t: 1, type: 'subject', reader: 'app', event: 'start', shard: 's' };
  expect(untestedOf([reader, start])).toEqual(['reshard', 'restart']);
  expect(untestedOf([reader, start, start])).toEqual(['reshard']);
});

test('a file says what its lines say, and only where it holds', async () => {
  const made = history().put('a', 0).ok(10).put('a', 1).ok(20);
  made.page([
    [10, 'a', 0],
    [20, 'a', 1],
  ]);
  const { lines } = made.end();
  const path = join(folder, 'one.ndjson');
  await writeFile(path, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  expect((await checkWithHeadroom(path, {})).untested).toEqual(untestedOf(lines));
  const broken = outOfOrder().end().lines;
  await writeFile(path, `${broken.map((line) => JSON.stringify(line)).join('\n')}\n`);
  expect((await checkWithHeadroom(path, {})).untested).toBeUndefined();
});
