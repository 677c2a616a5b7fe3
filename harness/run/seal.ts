import { digestOf } from '../model/digest.ts';
import { openShards } from '../model/open-shards.ts';
import { rangeOfSlice, type Slice, touches } from '../model/slice.ts';
import type { Marker } from '../tap/marked-ids.ts';
import { ackLine } from '../tap/write-put.ts';
import { openIdentity } from '../workload/identity.ts';
import type { DriveOptions } from './drive-options.ts';
import { markerKeyOf } from './sliced.ts';

export type SealOptions = Pick<DriveOptions, 'kinesis' | 'stream' | 'signal' | 'recorder' | 'identityRun' | 'slice'> & {
  readonly nextOp: () => number;
  readonly highest: (shard: string) => string | undefined;
  /** Payload of the sentinels, if a consumer rejects the usual one. */
  readonly payload?: string;
  /** Called for each sentinel before it is put. */
  readonly onMarker?: (marker: Marker) => void;
};

const producer = 'kinesis-order';
const triesMax = 5;

/**
 * Puts one sentinel into every open shard, after the highest sequence number that was acknowledged there. A reader
 * that reaches it without a gap has received everything. Returns the sequence number of each sentinel, by shard. A
 * shard whose sentinel could not be put is absent, and nothing in it counts as lost.
 */
export const seal = async (options: SealOptions): Promise<ReadonlyMap<string, string>> => {
  const sentinels = new Map<string, string>();
  const open = openShards(await options.kinesis.listShards(options.stream));
  const { slice } = options;
  for (const { shard, range } of open.filter((one) => slice === undefined || touches(slice, one))) {
    for (let n = 0; n < triesMax && !options.signal.aborted; n += 1) {
      const seq = await putSentinel(options, shard, hashIn(range[0], slice), n);
      if (seq === undefined) continue;
      sentinels.set(shard, seq);
      break;
    }
    if (!sentinels.has(shard)) options.recorder.write({ type: 'note', text: `no sentinel could be put into ${shard}` });
  }
  return sentinels;
};

/** A hash key in both the shard and the slice. */
const hashIn = (first: string, slice: Slice | undefined): string => {
  if (slice === undefined) return first;
  const [own] = rangeOfSlice(slice);
  return BigInt(first) < own ? String(own) : first;
};

const putSentinel = async (
  options: SealOptions,
  shard: string,
  hash: string,
  n: number,
): Promise<string | undefined> => {
  const key = markerKeyOf(shard, options.slice);
  const data = Buffer.from(options.payload ?? `${openIdentity({ run: options.identityRun, producer, key, n })}}`);
  // An engine may refuse SequenceNumberForOrdering (kinesalite does, after a reshard). Later tries leave it out.
  const after = n === 0 ? options.highest(shard) : undefined;
  const op = options.nextOp();
  options.onMarker?.({ key, digest: digestOf(data), producer, n });
  const fields = { hash, ...(after === undefined ? {} : { after }) };
  options.recorder.write({
    type: 'put',
    op,
    producer,
    api: 'PutRecord',
    attempt: 1,
    role: 'sentinel',
    entries: [{ key, n, digest: digestOf(data), bytes: data.byteLength, ...fields }],
  });
  const outcome = await options.kinesis.putRecord(
    { stream: options.stream, key, data, ...fields },
    { signal: options.signal },
  );
  options.recorder.write(ackLine(op, outcome));
  const result = outcome.outcome === 'ok' ? outcome.results[0] : undefined;
  return result !== undefined && 'seq' in result && result.shard === shard ? result.seq : undefined;
};
