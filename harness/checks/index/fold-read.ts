import type { IteratorStart } from '../../model/event.ts';
import { outcome, type Tables } from './tables.ts';

const unknownStart: IteratorStart = { type: 'UNKNOWN' };

/** One answer of GetRecords, without its records. */
export type Answer = {
  readonly line: number;
  readonly t: number;
  /** NaN: absent. */
  readonly t0: number;
  /** NaN: absent. */
  readonly behind: number;
  /** 0: absent. 1: a next iterator came. 2: none came. */
  readonly more: number;
  readonly count: number;
  readonly isFailed: boolean;
};

/** A page that carries `from` begins a chain, also when its number was used before. */
export const chainOf = (
  tables: Tables,
  chainNumber: number,
  reader: number,
  shard: number,
  from: IteratorStart | undefined,
): number => {
  const id = `${chainNumber} ${reader} ${shard}`;
  const known = tables.chainIds.get(id);
  if (known !== undefined && from === undefined) return known;
  const chain = tables.chains.length;
  tables.chains.push({ reader, shard, from: from ?? unknownStart, pages: [] });
  tables.chainIds.set(id, chain);
  return chain;
};

export const openPage = (tables: Tables, chain: number, answer: Answer): number => {
  const page = tables.pageLine.push(answer.line);
  const pages = tables.chains[chain]?.pages ?? [];
  tables.pageChain.push(chain);
  tables.pageT.push(answer.t);
  // A page without `t0` counts as requested at the time of its answer.
  tables.pageT0.push(Number.isNaN(answer.t0) ? answer.t : answer.t0);
  tables.pageBehind.push(answer.behind);
  tables.pageMore.push(answer.more);
  tables.pageFirst.push(tables.readPage.length);
  tables.pageCount.push(answer.count);
  tables.pageFailed.push(answer.isFailed ? 1 : 0);
  pages.push(page);
  return page;
};

/**
 * Adds one record of a page and returns its index. Its number is in `limbs` at `at`, its digest in `tables.digest`.
 * `record`: its identity; -1: it is of another run or writer. Almost all records are read where they were
 * acknowledged: then the entry has number and digest, and nothing more is kept. Places with sub-sequence numbers are
 * compared later.
 */
export const addRead = (tables: Tables, page: number, record: number, limbs: Int32Array, at: number): number => {
  const read = tables.readPage.push(page);
  const entry = record < 0 ? -1 : tables.records.lastEntry.at(record);
  const long = tables.sequence.long;
  const isPlaced =
    entry >= 0 &&
    tables.entryStatus.at(entry) === outcome.ok &&
    tables.sequences.is(tables.entryNumber.at(entry), limbs, at, long) &&
    tables.readSub.size + tables.entrySub.size === 0 &&
    tables.chains[tables.pageChain.at(page)]?.shard === tables.entryShard.at(entry);
  tables.readRecord.push(record);
  tables.readEntry.push(isPlaced ? entry : -1);
  tables.readNumber.push(isPlaced ? -1 : tables.sequences.push(limbs, at, long));
  const isSent = isPlaced && tables.digests.is(tables.entryDigest.at(entry), tables.digest);
  tables.readDigest.push(isSent ? -1 : tables.digests.push(tables.digest));
  return read;
};
