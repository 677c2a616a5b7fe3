import { pushTo } from '../../lib/push-to.ts';
import { compareSequence } from '../../model/sequence-number.ts';
import { isFiltering } from './filtering.ts';
import { Joining } from './joining.ts';
import type { Positions } from './positions.ts';
import type { Segment } from './segment.ts';
import { type Chain, outcome, type Tables } from './tables.ts';

/** The positions that a chain delivered, in the order of delivery. */
export const deliveredBy = (tables: Tables, positions: Positions, chain: Chain): number[] => {
  const delivered: number[] = [];
  for (const page of chain.pages) {
    const first = tables.pageFirst.at(page);
    for (let read = first; read < first + tables.pageCount.at(page); read += 1) {
      delivered.push(positions.ofRead[read] ?? -1);
    }
  }
  return delivered;
};

/** The segments of all readers, except those that leave out records by design. */
export const readSegments = (tables: Tables, positions: Positions): readonly Segment[] => {
  const groups = new Map<string, Joining>();
  const segments: Segment[] = [];
  const start = startOfRun(tables);
  tables.chains.forEach((chain, id) => {
    if (isFiltering(tables, chain.reader)) return;
    const delivered = deliveredBy(tables, positions, chain);
    const endPage = chain.pages.find((page) => tables.pageMore.at(page) === 2) ?? -1;
    const name = `${chain.reader} ${chain.shard}`;
    const group = groups.get(name) ?? new Joining(positions, chain.shard);
    groups.set(name, group);
    const joined = group.joinedBy(chain);
    const segment = joined ?? {
      reader: chain.reader,
      shard: chain.shard,
      chains: [],
      isFromTrim: false,
      isFromStart: false,
      delivered: [],
      low: -1,
      high: -1,
      isEnded: false,
      endPage: -1,
    };
    if (joined === undefined) segments.push(segment);
    // A chain may join a segment with another kind of start, if that delivered nothing.
    segment.isFromTrim ||= chain.from.type === 'TRIM_HORIZON';
    segment.isFromStart ||= isFromStart(chain, start);
    segment.chains.push(id);
    deliver(segment, delivered);
    segment.isEnded ||= endPage >= 0;
    if (segment.endPage < 0) segment.endPage = endPage;
    group.note(segment, chain);
  });
  for (const segment of segments) segment.delivered = ascending(segment.delivered);
  return segments;
};

/**
 * Coverage of a reader on a shard, over all its chains: from its first to its last delivered position, whatever it
 * requested in between. A consumer that starts again too far on did not process what lies there. Contract, 7.
 */
export const readerCoverage = (segments: readonly Segment[]): readonly Segment[] => {
  const groups = new Map<string, Segment[]>();
  for (const segment of segments) {
    const name = `${segment.reader} ${segment.shard}`;
    pushTo(groups, name, segment);
  }
  return [...groups.values()].flatMap((group) => {
    // The reader's first start counts, even if it delivered nothing, and so does a reported end of the shard. Any
    // other iterator that delivered nothing proves nothing.
    const own = group.filter(
      ({ low, isEnded, isFromTrim }, index) => low >= 0 || isEnded || (index === 0 && isFromTrim),
    );
    return own.length < 2 ? own : [mergeOf(own)];
  });
};

const mergeOf = (group: readonly Segment[]): Segment => {
  const [first] = group;
  if (first === undefined) throw new Error('no segment to merge');
  const delivered = ascending(group.flatMap((segment) => segment.delivered));
  return {
    ...first,
    chains: group.flatMap(({ chains }) => chains),
    isFromTrim: group.some(({ isFromTrim }) => isFromTrim),
    delivered,
    low: delivered[0] ?? -1,
    high: delivered.at(-1) ?? -1,
    isEnded: group.some(({ isEnded }) => isEnded),
    endPage: group.find(({ endPage }) => endPage >= 0)?.endPage ?? -1,
  };
};

const deliver = (segment: Segment, delivered: readonly number[]): void => {
  for (const position of delivered) {
    segment.delivered.push(position);
    if (segment.low < 0 || position < segment.low) segment.low = position;
    if (position > segment.high) segment.high = position;
  }
};

/** Sorted, each once. Pages mostly arrive sorted, so that is checked first. */
const ascending = (delivered: number[]): number[] => {
  let isAscending = true;
  for (let index = 1; index < delivered.length && isAscending; index += 1) {
    isAscending = (delivered[index - 1] ?? 0) < (delivered[index] ?? 0);
  }
  if (isAscending) return delivered;
  delivered.sort((a, b) => a - b);
  return delivered.filter((position, index) => index === 0 || position !== delivered[index - 1]);
};

type StartOfRun = {
  readonly skew: number;
  readonly firstPutT: number;
  readonly firstPutWallMs: number;
  readonly lowest: Map<number, string>;
};

const startOfRun = (tables: Tables): StartOfRun => {
  const firstPutT = tables.opT.length === 0 ? Number.POSITIVE_INFINITY : tables.opT.at(0);
  const startedAt = Date.parse(tables.head?.startedAt ?? '');
  const skewMs = tables.head?.tolerances?.skewMs ?? 1000;
  const lowest = new Map<number, number>();
  for (let entry = 0; entry < tables.entryOp.length; entry += 1) {
    if (tables.entryStatus.at(entry) !== outcome.ok) continue;
    const shard = tables.entryShard.at(entry);
    const known = lowest.get(shard);
    if (known === undefined || tables.compareEntries(entry, known) < 0) lowest.set(shard, entry);
  }
  const skew = (tables.head?.tolerances?.clockSkewMs ?? 0) * 1000;
  const firstPutWallMs = startedAt + (firstPutT - skew) / 1000 - skewMs;
  return { skew, firstPutT, firstPutWallMs, lowest: textsOf(tables, lowest) };
};

const textsOf = (tables: Tables, entries: ReadonlyMap<number, number>): Map<number, string> =>
  new Map([...entries].map(([shard, entry]) => [shard, tables.sequences.text(tables.entryNumber.at(entry))]));

const isFromStart = (chain: Chain, start: StartOfRun): boolean => {
  const { type, t, at, seq } = chain.from;
  if (type === 'TRIM_HORIZON') return true;
  if (type === 'LATEST') return t !== undefined && t + start.skew <= start.firstPutT;
  if (type === 'AT_TIMESTAMP') return at !== undefined && at <= start.firstPutWallMs;
  if (type === 'UNKNOWN' || seq === undefined) return false;
  const lowest = start.lowest.get(chain.shard);
  return lowest === undefined || compareSequence(seq, lowest) < 0;
};
