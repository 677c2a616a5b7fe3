import type { RawCall, RawOutput } from '../kinesis/raw.ts';
import { type HashRange, hashKeyMax } from '../model/hash-key.ts';
import { Outcome, setUp } from './outcome.ts';

/** One shard of ListShards, with the fields that probes compare. */
export type Shard = {
  readonly id: string;
  readonly range: HashRange;
  /** ParentShardId and AdjacentParentShardId, if present. */
  readonly parents: readonly string[];
  readonly start: string;
  /** EndingSequenceNumber: undefined while the shard is open. */
  readonly end: string | undefined;
};

type WireShard = {
  readonly ShardId?: string | undefined;
  readonly ParentShardId?: string | undefined;
  readonly AdjacentParentShardId?: string | undefined;
  readonly HashKeyRange?:
    | { readonly StartingHashKey?: string | undefined; readonly EndingHashKey?: string | undefined }
    | undefined;
  readonly SequenceNumberRange?:
    | { readonly StartingSequenceNumber?: string | undefined; readonly EndingSequenceNumber?: string | undefined }
    | undefined;
};

const pagesMax = 50;

export const listShards = async (call: RawCall, stream: string): Promise<readonly Shard[]> =>
  restOfList(call, setUp(await call('ListShards', { StreamName: stream }), 'ListShards'));

/** The shards of an answer of ListShards and of the pages after it, in order of id. */
export const restOfList = async (call: RawCall, first: RawOutput<'ListShards'>): Promise<readonly Shard[]> => {
  const shards: Shard[] = [];
  let output = first;
  for (let page = 0; page < pagesMax; page += 1) {
    shards.push(...(output.Shards ?? []).map(shardOf));
    const NextToken = output.NextToken ?? undefined;
    if (NextToken === undefined) return shards.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    output = setUp(await call('ListShards', { NextToken }), 'ListShards');
  }
  throw new Outcome('error', `could not ask: ListShards gave a NextToken ${pagesMax} times`);
};

export const shardOf = (wire: WireShard): Shard => ({
  id: String(wire.ShardId),
  range: [BigInt(wire.HashKeyRange?.StartingHashKey ?? -1), BigInt(wire.HashKeyRange?.EndingHashKey ?? -1)],
  parents: [wire.ParentShardId, wire.AdjacentParentShardId].filter((id) => typeof id === 'string'),
  start: String(wire.SequenceNumberRange?.StartingSequenceNumber),
  end: wire.SequenceNumberRange?.EndingSequenceNumber ?? undefined,
});

export const openOf = (shards: readonly Shard[]): readonly Shard[] => shards.filter((shard) => shard.end === undefined);

/** True if the ranges cover 0 to 2^128-1 (or the given range), each hash key once. */
export const tiles = (shards: readonly Shard[], [first, last]: HashRange = [0n, hashKeyMax]): boolean => {
  let next = first;
  for (const { range } of shards.toSorted((a, b) => (a.range[0] < b.range[0] ? -1 : 1))) {
    if (range[0] !== next) return false;
    next = range[1] + 1n;
  }
  return next === last + 1n;
};

export const middleOf = ({ range: [first, last] }: Shard): bigint => first + (last - first + 1n) / 2n;

/** The shards in words, to compare them before and after, and for messages. */
export const shapeOf = (shards: readonly Shard[]): string =>
  shards.map((shard) => `${shard.id} ${shard.range.join('-')}${shard.end === undefined ? '' : ' closed'}`).join(', ');
