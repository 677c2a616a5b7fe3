import type { IteratorStart, PageEvent, ReadRecord } from '../../model/event.ts';
import { canonicalSequence } from '../../model/sequence-number.ts';
import { flowOf, shardOf } from './apply-put.ts';
import { outcome, type Tables } from './tables.ts';

const unknownStart: IteratorStart = { type: 'UNKNOWN' };

/** One answer to GetRecords. A page that carries `from` begins a chain, also when its number was used before. */
export const applyPage = (tables: Tables, event: PageEvent, line: number): void => {
  const chain = chainOf(tables, event);
  const page = tables.pageLine.push(line);
  const pages = tables.chains[chain]?.pages ?? [];
  tables.pageChain.push(chain);
  tables.pageT.push(event.t);
  tables.pageT0.push(askedAt(tables, event, pages.at(-1)));
  tables.pageBehind.push(event.behind ?? Number.NaN);
  tables.pageMore.push(event.more === undefined ? 0 : event.more ? 1 : 2);
  tables.pageFirst.push(tables.readPage.length);
  const records = event.error === undefined ? (event.records ?? []) : [];
  tables.pageCount.push(records.length);
  tables.pageFailed.push(event.error === undefined ? 0 : 1);
  if (event.children !== undefined) tables.pageChildren.set(page, event.children);
  pages.push(page);
  for (const record of records) applyRecord(tables, page, record);
};

/** When the page was asked. Not told: surely after the page before it was answered, and no claim rests on more than that. */
const askedAt = (tables: Tables, event: PageEvent, before: number | undefined): number =>
  event.t0 ?? (before === undefined ? (event.from?.t ?? Number.NEGATIVE_INFINITY) : tables.pageT.at(before));

const chainOf = (tables: Tables, event: PageEvent): number => {
  const id = `${event.chain} ${event.reader} ${event.shard}`;
  const known = tables.chainIds.get(id);
  if (known !== undefined && event.from === undefined) return known;
  const chain = tables.chains.length;
  tables.chains.push({
    reader: tables.readers.id(event.reader),
    shard: shardOf(tables, event.shard),
    from: event.from === undefined ? unknownStart : canonicalStart(event.from),
    pages: [],
  });
  tables.chainIds.set(id, chain);
  return chain;
};

const canonicalStart = (from: IteratorStart): IteratorStart =>
  from.seq === undefined ? from : { ...from, seq: canonicalSequence(from.seq) };

const applyRecord = (tables: Tables, page: number, record: ReadRecord): void => {
  const read = tables.readPage.push(page);
  tables.readArrival.push(record.arrival ?? Number.NaN);
  if (record.sub !== undefined) tables.readSub.set(read, record.sub);
  const known = identify(tables, record);
  tables.readRecord.push(known);
  placeOrKeep(tables, record, known, tables.pageChain.at(page));
  const returned = record.key;
  if (returned !== undefined && (record.idKey ?? returned) !== returned) tables.readKey.set(read, returned);
  else if (record.n === undefined && returned !== undefined) tables.readKey.set(read, returned);
};

/**
 * Almost all are read where they were acknowledged: then the entry says it all, and the page's own texts are forgotten with the page. Sub-sequence numbers are
 * compared later, with all places.
 */
const placeOrKeep = (tables: Tables, record: ReadRecord, known: number, chain: number): void => {
  const read = tables.readRecord.length - 1;
  const entry = known < 0 ? -1 : tables.records.lastEntry.at(known);
  const seq = canonicalSequence(record.seq);
  const isPlaced =
    entry >= 0 &&
    tables.entrySeq[entry] === seq &&
    tables.entryStatus.at(entry) === outcome.ok &&
    tables.readSub.size + tables.entrySub.size === 0 &&
    tables.chains[chain]?.shard === tables.entryShard.at(entry);
  tables.readEntry.push(isPlaced ? entry : -1);
  if (!isPlaced) tables.readSeq.set(read, seq);
  if (!isPlaced || record.digest !== tables.entryDigest[entry]) tables.readDigest.set(read, record.digest);
};

/** The record that this one says it is, or -1: a record of another run, or of another writer. */
const identify = (tables: Tables, record: ReadRecord): number => {
  const key = record.idKey ?? record.key;
  if (record.n === undefined || key === undefined) return -1;
  return tables.records.recordOf(flowOf(tables, record.producer ?? '', key), record.n);
};
