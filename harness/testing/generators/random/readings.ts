import fc from 'fast-check';
import { apply } from '../../../checks/index/apply.ts';
import { Tables } from '../../../checks/index/tables.ts';
import { type View, viewOf } from '../../../checks/index/view.ts';
import type { HistoryLine } from '../../../judging/check-history.ts';
import type { IteratorStart, PageEvent, ReaderRole } from '../../../model/event.ts';
import { closed, shard, whole } from '../history-builder.ts';

/** The records of one shard. Record n is acknowledged at 10 × (n + 1). */
const recordsMax = 8;
const numberOf = (n: number): string => String(10 * (n + 1));
const readers: Readonly<Record<string, ReaderRole>> = { f: 'final', g: 'final', l: 'live' };

const start: fc.Arbitrary<IteratorStart> = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ type: 'TRIM_HORIZON' as const }) },
  fc.constantFrom({ type: 'LATEST' as const }, { type: 'UNKNOWN' as const }),
  { weight: 2, arbitrary: fc.constantFrom(1, 2).map((at) => ({ type: 'AT_TIMESTAMP' as const, at })) },
  {
    weight: 5,
    arbitrary: fc
      .record({
        type: fc.constantFrom('AT_SEQUENCE_NUMBER' as const, 'AFTER_SEQUENCE_NUMBER' as const),
        // At a record, between two, below all, or above all.
        seq: fc.integer({ min: 1, max: 2 * recordsMax + 3 }).map((half) => String(5 * half)),
      })
      .map((from) => from),
  },
);

const page = fc.record({
  records: fc.oneof(
    { weight: 2, arbitrary: fc.subarray(Array.from({ length: recordsMax }, (_, n) => n)) },
    fc.constant<number[]>([]),
  ),
  more: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, fc.constantFrom(false, undefined)),
});

const chain = fc.record({
  reader: fc.constantFrom('f', 'g', 'l'),
  from: start,
  pages: fc.array(page, { minLength: 1, maxLength: 3 }),
  hoursBefore: fc.constantFrom(0, 0, 0, 23, 2),
});

/**
 * Some records are acknowledged. Then some iterators read, each to its end before the next one begins. `isOfAcked`:
 * only acknowledged records are read.
 */
const made = (isOfAcked: boolean): fc.Arbitrary<readonly HistoryLine[]> =>
  fc
    .record({
      acked: fc.subarray(
        Array.from({ length: recordsMax }, (_, n) => n),
        { minLength: 1 },
      ),
      chains: fc.array(chain, { minLength: 1, maxLength: 6 }),
      isClosed: fc.boolean(),
    })
    .map(({ acked, chains, isClosed }) => {
      const lines: object[] = [
        { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' },
        { t: 0, type: 'topology', status: 'ACTIVE', shards: isClosed ? [closed(whole[0], '500')] : whole },
        ...Object.entries(readers).map(([reader, role]) => ({ t: 0, type: 'reader', reader, role })),
      ];
      let t = 0;
      for (const n of acked) {
        t += 10;
        lines.push({ t, type: 'put', op: n, producer: 'p', api: 'PutRecord', entries: [{ key: 'a', n }] });
        lines.push({ t, type: 'ack', op: n, outcome: 'ok', results: [{ shard: shard(0), seq: numberOf(n) }] });
      }
      for (const [id, { reader, from, pages, hoursBefore }] of chains.entries()) {
        t += hoursBefore * 3_600_000_000;
        for (const [index, { records, more }] of pages.entries()) {
          t += 10;
          const own = isOfAcked ? records.filter((n) => acked.includes(n)) : records;
          const read = own.map((n) => ({ seq: numberOf(n), key: 'a', producer: 'p', n }));
          const where = { reader, chain: id, shard: shard(0), ...(index === 0 ? { from } : {}) };
          lines.push({ t, type: 'page', ...where, records: read, ...(more === undefined ? {} : { more }) });
        }
      }
      lines.push({ t, type: 'end', reason: 'completed' });
      return lines as HistoryLine[];
    });

export const readings = made(false);
export const readingsOfAcked = made(true);

/** The view of a history. */
export const viewOfLines = (lines: readonly HistoryLine[]): View => {
  const tables = new Tables();
  for (const [index, line] of lines.entries()) apply(tables, line, index + 1);
  return viewOf(tables);
};

export type Pass = {
  readonly reader: string;
  readonly from: IteratorStart;
  readonly pages: readonly PageEvent[];
  /** Sequence numbers in the order of delivery. */
  readonly delivered: readonly number[];
  readonly isEnded: boolean;
};

/** What each iterator of such a history delivered, in the order of their beginnings. */
export const passesOf = (lines: readonly HistoryLine[]): readonly Pass[] => {
  const pages = lines.filter((line): line is PageEvent => line.type === 'page');
  return [...new Set(pages.map((one) => one.chain))].map((id) => {
    const own = pages.filter((one) => one.chain === id);
    const [first] = own;
    return {
      reader: first?.reader ?? '',
      from: first?.from ?? { type: 'UNKNOWN' },
      pages: own,
      delivered: own.flatMap((one) => (one.records ?? []).map(({ seq }) => Number(seq))),
      isEnded: own.some(({ more }) => more === false),
    };
  });
};

/** All sequence numbers in answers and pages, ascending. */
export const placesOf = (lines: readonly HistoryLine[]): readonly number[] => {
  const told = lines.flatMap((line) => {
    if (line.type === 'page') return (line.records ?? []).map(({ seq }) => seq);
    if (line.type !== 'ack') return [];
    return (line.results ?? []).flatMap((result) => ('seq' in result ? [result.seq ?? ''] : []));
  });
  return [...new Set(told.map(Number))].sort((a, b) => a - b);
};
