import { test } from '@fast-check/vitest';
import { expect } from 'vitest';
import type { HistoryLine } from '../../judging/check-history.ts';
import { type Call, callLines, calls as someCalls } from '../../testing/generators/random/overlapping-calls.ts';
import { viewOfLines } from '../../testing/generators/random/readings.ts';
import { type Inversion, realtimeOf } from './realtime.ts';

/** 1 comes of 0, and 3 of 1; 2 is kin to nobody. */
const isRelated = (a: number, b: number): boolean => a !== b && a !== 2 && b !== 2;

type Entry = {
  readonly at: string;
  readonly producer: string;
  readonly key: string;
  readonly shard: number;
  readonly seq: number;
  readonly sent: number;
  readonly answered: number;
};

const entriesOf = (calls: readonly Call[], lines: readonly HistoryLine[]): readonly Entry[] =>
  calls.flatMap(({ entries, isSentinel, producer }, op) => {
    const sent = lines.findIndex((line) => line.type === 'put' && line.op === op);
    const answered = lines.findIndex((line) => line.type === 'ack' && line.op === op);
    if (isSentinel || answered < 0) return [];
    return entries.map((entry, index) => ({ ...entry, producer, at: `${op}.${index}`, sent, answered }));
  });

test.prop([someCalls], { numRuns: 400 })(
  'an entry stands against one that was acknowledged above it before it was sent',
  (calls) => {
    const lines = callLines(calls);
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
          one.producer === entry.producer &&
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
