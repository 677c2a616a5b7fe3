import { describe, expect, test } from 'vitest';
import { checkHistory, type HistoryLine } from '../../judging/check-history.ts';
import { history } from '../../testing/generators/history-builder.ts';
import { bytesOf } from '../../testing/oracles/follow-bytes.ts';
import { judgeBytes } from '../../testing/oracles/judge-bytes.ts';
import { apply } from './apply.ts';
import { outcome, Tables } from './tables.ts';

const whyOf = async (lines: readonly HistoryLine[]): Promise<string> => {
  const said = await checkHistory(lines).then(
    () => 'judged',
    (thrown: unknown) => (thrown as Error).message,
  );
  for (const isScanned of [true, false]) expect(judgeBytes(bytesOf(lines), isScanned)).toBe(said);
  return said;
};

describe('what cannot be judged is named', () => {
  const [head, topology, reader] = history().lines as [HistoryLine, HistoryLine, HistoryLine];
  const [, , , put, ack] = history().put('a', 0).ok(10).lines as HistoryLine[];
  const page = history().page([]).lines.at(-1);
  const all = [head, topology, reader, put, ack, page] as HistoryLine[];

  test.each([
    ['a topology before the head', [topology, head], 'line 1: the first line must be the head, got type topology'],
    ['a put before the head', all.slice(3), 'line 1: the first line must be the head, got type put'],
    ['an answer before the head', all.slice(4), 'line 1: the first line must be the head, got type ack'],
    ['a page before the head', all.slice(5), 'line 1: the first line must be the head, got type page'],
    ['two heads', [head, topology, head], 'line 3: a second head: two histories in one file'],
    ['an op that was sent twice', [head, topology, reader, put, put], 'line 5: op 1 was sent before, on line 4'],
    [
      'an answer to nothing',
      [head, topology, reader, { ...ack, t: 90 }],
      'line 4: an answer for op 1, which was never sent',
    ],
    ['a second answer', [head, topology, reader, put, ack, ack], 'line 6: op 1 was answered before, on line 5'],
    [
      'an answer of another length',
      [head, topology, reader, put, { ...ack, results: [] }],
      'line 5: 0 results for the 1 entries of op 1',
    ],
    [
      'time that falls',
      [head, { ...topology, t: 50 }, reader],
      'line 3: t falls from 50 to 20: lines must stand in the order of time',
    ],
  ] as [string, HistoryLine[], string][])('%s', async (_, lines, why) => {
    expect(await whyOf(lines)).toBe(why);
  });
});

/** The lines between the head and the end, folded. */
const foldedFrom = (events: readonly object[]): Tables => {
  const tables = new Tables();
  const [head] = history().lines as [HistoryLine];
  for (const [index, event] of [head, ...events].entries())
    apply(tables, { t: index * 10, ...event } as HistoryLine, index + 1);
  return tables;
};

test('a head behind an empty line is not the first line', () => {
  const [head] = history().lines as [HistoryLine];
  for (const isScanned of [true, false])
    expect(judgeBytes(Buffer.from(`\n${JSON.stringify(head)}\n`), isScanned)).toBe(
      'line 2: the head must be the first line',
    );
});

test('lines at the same time are in order', () => {
  const made = foldedFrom([
    { type: 'note', text: '', t: 7 },
    { type: 'phase', phase: 'load', t: 7 },
  ]);
  expect(made.lastT).toBe(7);
});

describe('what else happened is kept', () => {
  test('of readers, why they read: live where they do not say', () => {
    const { readers, roles } = foldedFrom([
      { type: 'reader', reader: 'a', role: 'final' },
      { type: 'reader', reader: 'b' },
      { type: 'reader', reader: 'c', role: 'subject' },
    ]);
    expect(['a', 'b', 'c'].map((name) => roles.get(readers.id(name)))).toEqual(['final', 'live', 'subject']);
  });

  test('of topologies, faults and the end, the events with their lines', () => {
    const shards = [{ shard: 'shardId-000000000007' }, { shard: 'shardId-000000000003' }];
    const topology = { t: 10, type: 'topology', status: 'ACTIVE', shards };
    const fault = { t: 20, type: 'fault', fault: 'fail-record', phase: 'armed' };
    const end = { t: 30, type: 'end', reason: 'completed' };
    const tables = foldedFrom([topology, fault, end]);
    expect(tables.snapshots).toEqual([{ line: 2, event: topology }]);
    expect(tables.shards.names).toEqual(shards.map(({ shard }) => shard));
    expect(tables.faults).toEqual([{ line: 3, event: fault }]);
    expect(tables.end).toEqual(end);
  });
});

test.each([undefined, 7, {}])(
  'a result with a place, and with an error that is no text (%o), has its place',
  (error) => {
    const put = { type: 'put', op: 1, api: 'PutRecord', entries: [{ key: 'a', n: 0 }] };
    const tables = foldedFrom([
      put,
      { type: 'ack', op: 1, outcome: 'ok', results: [{ shard: 's', seq: '10', error }] },
    ]);
    expect(tables.entryStatus.at(0)).toBe(outcome.ok);
    expect(tables.sequences.text(tables.entryNumber.at(0))).toBe('10');
  },
);

describe('an event of a reshard', () => {
  const invoke = { type: 'reshard', id: 4, phase: 'invoke', action: 'SplitShard', shards: ['s'] };
  const opened = { id: 4, line: 2, t: 10, action: 'SplitShard', shards: ['s'] };
  const unanswered = { doneT: Number.POSITIVE_INFINITY, doneLine: 0, result: 'open', failure: -1 };

  test.each(['ok', 'fail', 'info'])('is answered by %s, or by nothing', (phase) => {
    expect([...foldedFrom([invoke]).reshards.values()]).toEqual([{ ...opened, ...unanswered }]);
    const answered = foldedFrom([invoke, { type: 'reshard', id: 4, phase }]);
    expect([...answered.reshards.values()]).toEqual([
      { ...opened, doneT: 20, doneLine: 3, result: phase, failure: -1 },
    ]);
  });

  test('that answers none that was told stands for itself', () => {
    expect([...foldedFrom([{ type: 'reshard', id: 9, phase: 'ok' }]).reshards.values()]).toEqual([
      { id: 9, line: 2, t: 10, action: 'reshard', shards: [], doneT: 10, doneLine: 2, result: 'ok', failure: -1 },
    ]);
  });

  test('says why it failed', () => {
    const failed = {
      type: 'reshard',
      id: 4,
      phase: 'fail',
      error: 'LimitExceededException',
      message: 'too many shards',
    };
    const { reshards, failures } = foldedFrom([invoke, failed]);
    expect(failures.at(reshards.get(4)?.failure ?? -1)).toEqual({
      error: 'LimitExceededException',
      message: 'too many shards',
    });
  });

  test('whose id was used before is another one, and what the first did stands', () => {
    const again = { ...invoke, action: 'MergeShards' };
    const { reshards } = foldedFrom([invoke, { type: 'reshard', id: 4, phase: 'ok' }, again, invoke]);
    const told = [...reshards.values()].map(({ line, action, doneT, result }) => ({ line, action, doneT, result }));
    expect(told.sort((a, b) => a.line - b.line)).toEqual([
      { line: 2, action: 'SplitShard', doneT: 20, result: 'ok' },
      { line: 4, action: 'MergeShards', doneT: Number.POSITIVE_INFINITY, result: 'open' },
      { line: 5, action: 'SplitShard', doneT: Number.POSITIVE_INFINITY, result: 'open' },
    ]);
    expect(reshards.get(4)?.line).toBe(5);
  });

  test('of which the call is told twice stands for two', async () => {
    const event = { type: 'reshard', id: 0, phase: 'invoke', action: 'SplitShard', shards: ['shardId-000000000000'] };
    const made = history()
      .put('a', 0)
      .ok(10)
      .page([[10, 'a', 0]])
      .event(event)
      .event(event)
      .event(event)
      .end();
    const { unknown } = await checkHistory(made.lines);
    expect(unknown.filter((why) => why.startsWith('no key has records on both sides'))).toHaveLength(3);
  });
});
