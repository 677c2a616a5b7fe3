import type { Kinesis, PutEntryResult } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import type { ShardInfo } from '../model/event.ts';
import { openShards } from '../model/open-shards.ts';

export type PresentEndOptions = {
  readonly kinesis: Pick<Kinesis, 'listShards' | 'putRecord'>;
  readonly stream: string;
  readonly run: string;
  readonly signal: AbortSignal;
};

/** The end of each open shard before the first put of the run: the sequence number of a mark record. */
export type PresentEnd = Readonly<Record<string, string>>;

const triesMax = 5;

/**
 * Marks the present end of an existing stream. A LATEST iterator would not work: it expires after five minutes, and
 * the final reader begins later. So one mark record is put into every open shard before anything else is sent, and
 * readers of the run begin AFTER its sequence number. The mark has no identity: if a second attempt is stored late, it
 * counts as a foreign record.
 */
export const takePresentEnd = async (options: PresentEndOptions): Promise<PresentEnd> => {
  const { kinesis, stream } = options;
  const ends: Record<string, string> = {};
  for (const info of openShards(await kinesis.listShards(stream))) ends[info.shard] = await markOf(options, info);
  return ends;
};

const markOf = async (
  { kinesis, stream, run, signal }: PresentEndOptions,
  { shard, range }: ShardInfo,
): Promise<string> => {
  const data = Buffer.from(JSON.stringify({ kinesisOrderMark: run, shard }));
  let last = 'not tried';
  for (let tries = 0; tries < triesMax && !signal.aborted; tries += 1) {
    const outcome = await kinesis.putRecord({ stream, key: `start-${shard}`, hash: range[0], data }, { signal });
    const result = outcome.outcome === 'ok' ? outcome.results[0] : undefined;
    if (result !== undefined && 'seq' in result && result.shard === shard) return result.seq;
    last = outcome.outcome === 'ok' ? elsewhere(result) : `${outcome.error}: ${outcome.message ?? 'no message'}`;
  }
  signal.throwIfAborted();
  throw new HarnessError(
    'target',
    `the present end of ${shard} of stream ${stream} could not be marked: PutRecord: ${last}`,
  );
};

/**
 * Why a mark is not in its shard. It was put with the shard's ExplicitHashKey, so either the shard was closed after
 * the listing, or the engine ignores ranges.
 */
const elsewhere = (result: PutEntryResult | undefined): string =>
  result !== undefined && 'seq' in result
    ? `it was acknowledged in ${result.shard}, though the shard was listed open: is the stream being resharded?`
    : `its entry failed: ${result?.error ?? 'no result'}`;
