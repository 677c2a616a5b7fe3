import { test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import type { HistoryLine } from '../../judging/check-history.ts';
import type { Head } from '../../model/event.ts';
import { history, lower, shard, upper, whole } from '../../testing/generators/history-builder.ts';
import { anyCalls } from '../../testing/generators/random/any-calls.ts';
import { viewOfLines } from '../../testing/generators/random/readings.ts';
import {
  ackLine,
  acksAt,
  attemptsOf,
  comesBefore,
  isForeignAt,
  isOk,
  isOpen,
  isSentinel,
  isWorkload,
  knownAt,
  oddReads,
  putLine,
  readerOfRead,
  readLine,
  readsAt,
  readsOf,
  recordsAt,
  roleOf,
  type View,
} from './view.ts';

/** The second shard descends from the first, and one of the two readers is a final one. */
const lined = anyCalls.map(([head, ...lines]) => [
  head as HistoryLine,
  { t: 1, type: 'topology', status: 'ACTIVE', shards: [...whole, lower(1, [0])] } as HistoryLine,
  { t: 1, type: 'reader', reader: 'final', role: 'final' } as HistoryLine,
  ...lines,
]);

const upTo = (length: number): readonly number[] => Array.from({ length }, (_, index) => index);
const entriesOf = ({ tables }: View): readonly number[] => upTo(tables.entryOp.length);
const readsIn = ({ tables }: View): readonly number[] => upTo(tables.readPage.length);
const recordsIn = ({ tables }: View): readonly number[] => upTo(tables.records.count);
const placesIn = ({ positions }: View): readonly number[] => upTo(positions.count);
const sorted = (numbers: Iterable<number>): readonly number[] => [...numbers].sort((a, b) => a - b);

const nameOfShard = (view: View, place: number): string => view.tables.shards.name(view.positions.shard.at(place));

/** Parents before children, then by place. */
const inOrder = (view: View, places: readonly number[]): readonly number[] =>
  [...places].sort((a, b) => nameOfShard(view, a).localeCompare(nameOfShard(view, b)) || a - b);

describe('of the whole history', () => {
  test.prop([lined], { numRuns: 100 })('a record has its attempts and its reads, in their order', (lines) => {
    const view = viewOfLines(lines);
    const { tables } = view;
    for (const record of recordsIn(view)) {
      const attempts = entriesOf(view).filter((entry) => tables.entryRecord.at(entry) === record);
      expect([...attemptsOf(view, record)]).toEqual(attempts);
      expect([...readsOf(view, record)]).toEqual(readsIn(view).filter((read) => tables.readRecord.at(read) === record));
      expect(isWorkload(view, record)).toBe(!attempts.slice(0, 1).some((entry) => isSentinel(view, entry)));
    }
  });

  test.prop([lined], { numRuns: 100 })(
    'a record was first seen where the final readers saw it first, else where any did',
    (lines) => {
      const view = viewOfLines(lines);
      const isFinal = (read: number): boolean => roleOf(view, readerOfRead(view, read)) === 'final';
      for (const record of recordsIn(view)) {
        const reads = readsIn(view).filter((read) => view.tables.readRecord.at(read) === record);
        const counted = reads.some(isFinal) ? reads.filter(isFinal) : reads;
        const [first = -1] = inOrder(
          view,
          counted.map((read) => view.positions.ofRead[read] ?? -1),
        );
        expect(view.firstSeen.at(record)).toBe(first);
      }
    },
  );

  test.prop([lined], { numRuns: 100 })('a place has what was acknowledged and read there, since then', (lines) => {
    const view = viewOfLines(lines);
    const { tables, positions } = view;
    const placesAsked = [...placesIn(view), ...placesIn(view)];
    for (const place of placesAsked) {
      const acks = entriesOf(view).filter((entry) => positions.ofEntry[entry] === place);
      const reads = readsIn(view).filter((read) => positions.ofRead[read] === place);
      expect(sorted(acksAt(view, place))).toEqual(acks);
      expect(sorted(readsAt(view, place))).toEqual(reads);
      const records = [
        ...acks.map((ack) => tables.entryRecord.at(ack)),
        ...reads.map((read) => tables.readRecord.at(read)),
      ];
      expect(sorted(recordsAt(view, place))).toEqual(sorted(new Set(records.filter((record) => record >= 0))));
      const lineOf = (line: number): number => (lines[line - 1] as { readonly t: number }).t;
      const times = [...acks.map((ack) => ackLine(view, ack)), ...reads.map((read) => readLine(view, read))].map(
        lineOf,
      );
      expect(knownAt(view, place)).toBe(Math.min(...times));
    }
    const atOdd = readsIn(view).filter((read) => view.odd.places.includes(positions.ofRead[read] ?? -1));
    expect(oddReads(view)).toEqual(atOdd);
  });

  test.prop([lined], { numRuns: 100 })('places go parents first', (lines) => {
    const view = viewOfLines(lines);
    const order = inOrder(view, placesIn(view));
    for (const [index, place] of order.entries()) {
      for (const [other, one] of order.entries()) expect(comesBefore(view, place, one)).toBe(index < other);
    }
  });

  test.prop([anyCalls], { numRuns: 100 })(
    'an entry knows the lines of its call, and whether it may have been',
    (lines) => {
      const view = viewOfLines(lines);
      const { tables } = view;
      for (const entry of entriesOf(view)) {
        const op = tables.opNumber.at(tables.entryOp.at(entry));
        const put = lines.findIndex((line) => line.type === 'put' && line.op === op);
        expect([putLine(view, entry), ackLine(view, entry)]).toEqual([put + 1, put + 2]);
        expect([isOk(view, entry), isOpen(view, entry)]).toEqual([
          tables.entryStatus.at(entry) === 1,
          tables.entryStatus.at(entry) === 3,
        ]);
      }
    },
  );
});

test('a put that nobody answered may have been', () => {
  const made = history();
  made.put('a', 0);
  const view = viewOfLines(made.lines);
  expect([isOpen(view, 0), isOk(view, 0), ackLine(view, 0)]).toEqual([true, false, 0]);
});

test('shards that nothing relates go by how many came before them', () => {
  const shards = [lower(0), upper(1), upper(2, [1])];
  const made = history({}, shards);
  for (const index of upTo(3)) made.put('a', index, { shard: index }).ok(10);
  const view = viewOfLines(made.lines);
  const before = upTo(3).map((a) => upTo(3).map((b) => comesBefore(view, a, b)));
  expect(before).toEqual([
    [false, false, true],
    [false, false, true],
    [false, false, false],
  ]);
});

describe('the head', () => {
  const viewUnder = (head: Partial<Head>): View => viewOfLines(history(head).page([]).lines);

  test('says what was recorded; without a word, all was', () => {
    const said = ([undefined, [], ['puts'], ['pages'], ['puts', 'pages']] as const).map((recorded) => {
      const { hasPuts, hasPages } = viewUnder(recorded === undefined ? {} : { recorded: [...recorded] });
      return [hasPuts, hasPages];
    });
    expect(said).toEqual([
      [true, true],
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ]);
  });

  test('of a stream that others write to makes them foreign, whom nobody knows', () => {
    const foreign = { reader: 'final', chain: 1, shard: shard(0), records: [{ seq: '15' }] };
    for (const shared of [true, false]) {
      const made = history({ stream: { name: 's', shared } })
        .put('a', 0)
        .ok(10)
        .event({ type: 'page', ...foreign });
      const view = viewOfLines(made.lines);
      expect(view.isShared).toBe(shared);
      expect([isForeignAt(view, 0), isForeignAt(view, 1)]).toEqual([false, shared]);
    }
    expect(viewUnder({}).isShared).toBe(false);
  });
});

test('where puts were not recorded, a place is plain by what was read there, and every record is looked at', () => {
  const read = (records: readonly (readonly [number, string, number, object?])[]): View =>
    viewOfLines(
      history({ recorded: ['pages'] })
        .page([...records])
        .page([...records], { chain: 2 }).lines,
    );
  const alike = read([
    [10, 'a', 0],
    [20, 'a', 1],
  ]);
  expect(alike.odd).toEqual({ records: [0, 1], places: [] });
  expect(read([[10, 'a', 0, { idKey: 'b' }]]).odd.places).toEqual([0]);
  const differing = history({ recorded: ['pages'] })
    .page([[10, 'a', 0]])
    .page([[10, 'a', 0, { digest: '00000000000000ff' }]], { chain: 2 });
  expect(viewOfLines(differing.lines).odd.places).toEqual([0]);
});
