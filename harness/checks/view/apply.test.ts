import { describe, expect, test } from 'vitest';
import { checkHistory, type HistoryLine } from '../../check-history.ts';
import { bytesOf } from '../../testing/follow-bytes.ts';
import { history } from '../../testing/history-builder.ts';
import { judgeBytes } from '../../testing/judge-bytes.ts';

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

describe('an event of a reshard', () => {
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
