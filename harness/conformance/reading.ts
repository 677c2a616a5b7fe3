import type { IteratorRequest } from '../kinesis/kinesis.ts';
import type { RawCall } from '../kinesis/raw.ts';
import { setUp } from './outcome.ts';

/** A record as it was read. Probes read with plain loops over GetShardIterator and GetRecords, each with a limit. */
export type StoredRecord = {
  readonly shard: string;
  readonly seq: string;
  readonly key: string;
  readonly data: Uint8Array;
  readonly text: string;
  /** ApproximateArrivalTimestamp, Unix milliseconds. */
  readonly arrival: number | undefined;
};
export type Position = IteratorRequest;
export type ReadOptions = { readonly limit?: number; readonly atLeast?: number };

/** One GetRecords answer that is not empty, or is at the tip or the end. */
export type ReadPage = {
  readonly records: readonly StoredRecord[];
  readonly next: string | undefined;
  readonly behind: number | undefined;
  readonly children: readonly string[];
};

/** Far more pages than any probe has. At this number the engine's chain does not end. */
const pagesMax = 300;
/**
 * "It might take multiple calls to get to a portion of the shard that contains records": two empty pages at the tip
 * count as the end.
 */
const emptyPagesAtTip = 2;
/** After this many pages without a new record, the engine returns the same records again and again. */
const stalePagesMax = 8;

export const startAt = async (
  call: RawCall,
  where: { readonly stream: string; readonly shard: string; readonly position: Position },
): Promise<string> => {
  const answer = await call('GetShardIterator', {
    StreamName: where.stream,
    ShardId: where.shard,
    ...positionInput(where.position),
  });
  return String(setUp(answer, `GetShardIterator ${where.position.type}`).ShardIterator);
};

export const positionInput = (position: Position): Record<string, unknown> => ({
  ShardIteratorType: position.type,
  ...(position.seq === undefined ? {} : { StartingSequenceNumber: position.seq }),
  ...(position.at === undefined ? {} : { Timestamp: new Date(position.at) }),
});

type ReadTools = { readonly call: RawCall };

type PageOf = { readonly shard: string; readonly iterator: string; readonly limit?: number };

/** So many empty pages in a row are skipped, if each says that the reader is behind. */
const emptyPagesBefore = 20;

/**
 * One page. Passes over empty pages of a reader that is behind: "It might take multiple calls to get to a portion of
 * the shard that contains records" (SDK, GetRecords).
 */
export const readPage = async (tools: ReadTools, from: PageOf): Promise<ReadPage> => {
  let page = await answerOf(tools, from);
  for (let passed = 0; passed < emptyPagesBefore && isOnTheWay(page); passed += 1)
    page = await answerOf(tools, { ...from, iterator: page.next });
  return page;
};

const isOnTheWay = (page: ReadPage): page is ReadPage & { readonly next: string } =>
  page.records.length === 0 && (page.behind ?? 0) > 0 && page.next !== undefined;

const answerOf = async ({ call }: ReadTools, from: PageOf): Promise<ReadPage> => {
  const limit = from.limit === undefined ? {} : { Limit: from.limit };
  const output = setUp(await call('GetRecords', { ShardIterator: from.iterator, ...limit }), 'GetRecords');
  return {
    records: (output.Records ?? []).map((record) => storedRecord(from.shard, record)),
    next: output.NextShardIterator ?? undefined,
    behind: output.MillisBehindLatest,
    children: (output.ChildShards ?? []).map((child) => String(child.ShardId)),
  };
};

export const readFrom = async (
  tools: ReadTools,
  from: { readonly shard: string; readonly iterator: string } & ReadOptions,
): Promise<readonly StoredRecord[]> => {
  const found: StoredRecord[] = [];
  const numbers = new Set<string>();
  let iterator: string | undefined = from.iterator;
  let empty = 0;
  let stale = 0;
  for (let pages = 0; iterator !== undefined && pages < pagesMax; pages += 1) {
    const page: ReadPage = await readPage(tools, { ...from, iterator });
    const known = numbers.size;
    for (const { seq } of page.records) numbers.add(seq);
    found.push(...page.records);
    empty = page.records.length === 0 && (page.behind ?? 0) === 0 ? empty + 1 : 0;
    stale = page.records.length > 0 && numbers.size === known ? stale + 1 : 0;
    if (empty === emptyPagesAtTip || stale === stalePagesMax) break;
    iterator = page.next;
  }
  return found;
};

type WireRecord = {
  readonly SequenceNumber?: string | undefined;
  readonly PartitionKey?: string | undefined;
  readonly Data?: Uint8Array | undefined;
  readonly ApproximateArrivalTimestamp?: Date | undefined;
};

export const storedRecord = (shard: string, record: WireRecord): StoredRecord => {
  const data = record.Data ?? new Uint8Array();
  return {
    shard,
    seq: String(record.SequenceNumber),
    key: String(record.PartitionKey),
    data,
    // Large payloads are compared as bytes. Small ones are shown as text.
    text: data.length > 1000 ? '' : Buffer.from(data).toString(),
    arrival: record.ApproximateArrivalTimestamp?.getTime(),
  };
};
