import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { HistoryLine } from '../../check-history.ts';
import { shard, whole } from '../../testing/history-builder.ts';
import { viewOfLines } from '../../testing/readings.ts';
import { type Inversion, realtimeOf } from './realtime.ts';

/** 1 comes of 0; 2 is kin to nobody. */
const parents = [[], [0], []] as const;
const isRelated = (a: number, b: number): boolean => a + b === 1;

type Call = {
  readonly entries: readonly { readonly key: string; readonly shard: number; readonly seq: number }[];
  readonly isSentinel: boolean;
  readonly isAnswered: boolean;
  /** How many calls are sent before it is answered. */
  readonly lasts: number;
};

const call: fc.Arbitrary<Call> = fc.record({
  entries: fc.array(
    fc.record({ key: fc.constantFrom('a', 'b'), shard: fc.nat({ max: 2 }), seq: fc.integer({ min: 1, max: 30 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  isSentinel: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, fc.constant(true)),
  isAnswered: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, fc.constant(false)),
  lasts: fc.nat({ max: 3 }),
});

const linesOf = (calls: readonly Call[]): readonly HistoryLine[] => {
  const range = whole[0]?.range;
  const shards = parents.map((own, index) => ({
    shard: shard(index),
    range,
    parents: own.map(shard),
    seq: ['1', null],
  }));
  const lines: object[] = [
    { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' },
    { t: 0, type: 'topology', shards },
  ];
  const counts = new Map<string, number>();
  const open: { readonly op: number; left: number }[] = [];
  const answer = (op: number): void => {
    const results = calls[op]?.entries.map(({ shard: index, seq }) => ({ shard: shard(index), seq: String(seq) }));
    lines.push({ t: 1, type: 'ack', op, outcome: 'ok', results });
  };
  for (const [op, { entries, isSentinel, isAnswered, lasts }] of calls.entries()) {
    const numbered = entries.map(({ key }) => {
      const n = counts.get(key) ?? 0;
      counts.set(key, n + 1);
      return isSentinel ? { key } : { key, n };
    });
    const role = isSentinel ? { role: 'sentinel' } : {};
    lines.push({ t: 1, type: 'put', op, producer: 'p', api: 'PutRecords', ...role, entries: numbered });
    for (const one of open) one.left -= 1;
    if (isAnswered) open.push({ op, left: lasts });
    for (const one of open.filter(({ left }) => left <= 0)) answer(one.op);
    open.splice(0, open.length, ...open.filter(({ left }) => left > 0));
  }
  for (const { op } of open) answer(op);
  return lines as HistoryLine[];
};

type Entry = {
  readonly at: string;
  readonly key: string;
  readonly shard: number;
  readonly seq: number;
  readonly sent: number;
  readonly answered: number;
};

const entriesOf = (calls: readonly Call[], lines: readonly HistoryLine[]): readonly Entry[] =>
  calls.flatMap(({ entries, isSentinel }, op) => {
    const sent = lines.findIndex((line) => line.type === 'put' && line.op === op);
    const answered = lines.findIndex((line) => line.type === 'ack' && line.op === op);
    if (isSentinel || answered < 0) return [];
    return entries.map((entry, index) => ({ ...entry, at: `${op}.${index}`, sent, answered }));
  });

test.prop([fc.array(call, { maxLength: 8 })], { numRuns: 400 })(
  'an entry stands against one that was acknowledged above it before it was sent',
  (calls) => {
    const lines = linesOf(calls);
    const view = viewOfLines(lines);
    const entries = entriesOf(calls, lines);
    const nameOf = (entry: number): string => {
      const op = view.tables.entryOp.at(entry);
      return `${view.tables.opNumber.at(op)}.${entry - view.tables.opFirst.at(op)}`;
    };
    const before = (entry: Entry): readonly Entry[] => entries.filter(({ answered }) => answered < entry.sent);
    const aboveInShard = (entry: Entry): readonly Entry[] =>
      before(entry).filter((one) => one.shard === entry.shard && one.seq > entry.seq);
    const aboveInFlow = (entry: Entry): readonly Entry[] =>
      before(entry).filter(
        (one) =>
          one.key === entry.key &&
          one.seq >= entry.seq &&
          (one.shard === entry.shard || isRelated(one.shard, entry.shard)),
      );
    const { ofShard, ofFlow } = realtimeOf(view);
    const hold = (found: readonly Inversion[], above: (entry: Entry) => readonly Entry[]): void => {
      expect(found.map(({ entry }) => nameOf(entry))).toEqual(
        entries.filter((entry) => above(entry).length > 0).map(({ at }) => at),
      );
      for (const { entry, earlier } of found) {
        const own = entries.find(({ at }) => at === nameOf(entry)) as Entry;
        expect(above(own).map(({ at }) => at)).toContain(nameOf(earlier));
      }
    };
    hold(ofShard, aboveInShard);
    hold(ofFlow, aboveInFlow);
  },
);
