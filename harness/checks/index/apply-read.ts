import type { IteratorStart, PageEvent, ReadRecord } from '../../model/event.ts';
import { canonicalSequence } from '../../model/sequence-number.ts';
import { identityFlowOf } from './fold-put.ts';
import { addRead, chainOf, openPage } from './fold-read.ts';
import type { Tables } from './tables.ts';

/** One answer of GetRecords. */
export const applyPage = (tables: Tables, event: PageEvent, line: number): void => {
  const reader = tables.readers.id(event.reader);
  const from = event.from === undefined ? undefined : canonicalStart(event.from);
  const chain = chainOf(tables, event.chain, reader, tables.shards.id(event.shard), from);
  const records = event.error === undefined ? (event.records ?? []) : [];
  const page = openPage(tables, chain, {
    line,
    t: event.t,
    t0: event.t0 ?? Number.NaN,
    behind: event.behind ?? Number.NaN,
    more: event.more === undefined ? 0 : event.more ? 1 : 2,
    count: records.length,
    isFailed: event.error !== undefined,
  });
  const failure = event.error === undefined ? -1 : tables.failures.id(event.error, event.message);
  if (failure >= 0) tables.pageFailure.set(page, failure);
  if (event.worker !== undefined) tables.pageWorker.set(page, event.worker);
  if (event.lane !== undefined) tables.pageLane.set(page, String(event.lane));
  if (event.children !== undefined) tables.pageChildren.set(page, event.children);
  for (const record of records) applyRecord(tables, page, record);
};

const canonicalStart = (from: IteratorStart): IteratorStart =>
  from.seq === undefined ? from : { ...from, seq: canonicalSequence(from.seq) };

const applyRecord = (tables: Tables, page: number, record: ReadRecord): void => {
  // Before it is looked for: a sub-sequence number is compared with all places, later.
  if (record.sub !== undefined) tables.readSub.set(tables.readPage.length, record.sub);
  tables.sequence.read(record.seq);
  tables.digest.read(record.digest);
  const read = addRead(tables, page, identify(tables, record), tables.sequence.limbs, 0);
  tables.readArrival.push(record.arrival ?? Number.NaN);
  const returned = record.key;
  if (returned === undefined) return;
  if (record.flow !== undefined) tables.records.keys.id(returned);
  const isNamed = record.n !== undefined && record.flow === undefined && identityKeyOf(record) === returned;
  if (!isNamed) tables.readKey.set(read, returned);
};

/** What stands for the key in the record's identity. */
const identityKeyOf = ({ flow, idKey, key }: ReadRecord): string => flow ?? idKey ?? key ?? '';

/**
 * Without a key there is no identity, but for a stream that distributes records by itself: there a key may be absent.
 */
const isNameless = ({ head }: Tables, { flow, idKey, key }: ReadRecord): boolean =>
  (flow ?? idKey ?? key) === undefined && head?.stream?.distribution !== 'AUTO';

/** The record that this one says it is, or -1: a record of another run, or of another writer. */
const identify = (tables: Tables, record: ReadRecord): number => {
  if (record.n === undefined || isNameless(tables, record)) return -1;
  const { producers, keys } = tables.records;
  const flow = identityFlowOf(tables, producers.id(record.producer ?? ''), keys.id(identityKeyOf(record)));
  if (record.flow !== undefined) tables.namedFlows.add(flow);
  return tables.records.recordOf(flow, record.n);
};
