import { HarnessError } from '../lib/error.ts';
import { parseJson } from '../lib/parse-json.ts';
import { readTextSync } from '../lib/read-text.ts';
import type { EventBody, ShardInfo } from '../model/event.ts';
import { hashKeyMax } from '../model/hash-key.ts';
import { isOpenShard } from '../model/open-shards.ts';
import { isSequenceNumber } from '../model/sequence-number.ts';

export type ShardList = Extract<EventBody, { readonly type: 'topology' }>;

type Fields = Readonly<Record<string, unknown>>;

/** Reads the output of `aws kinesis list-shards` or `describe-stream` as a line of the history. */
export const readShardList = (path: string): ShardList => {
  const answer = parseJson(readTextSync(path), path);
  const { Shards: list, status, isCut } = shardsIn(answer);
  if (isCut)
    throw new HarnessError('usage', `${path} has only some of the shards: it contains NextToken or HasMoreShards`, {
      hint: 'aws kinesis list-shards --stream-name NAME > shards.json, without --max-items and --no-paginate',
    });
  if (!Array.isArray(list) || list.length === 0) throw noShards(path);
  const shards = list.map((shard: unknown, index) => shardOf(shard, index, path));
  return { type: 'topology', status: areWhole(shards) ? status : 'PARTIAL', shards };
};

const shardsIn = (answer: unknown): { readonly Shards: unknown; readonly status: string; readonly isCut: boolean } => {
  if (Array.isArray(answer)) return { Shards: answer, status: 'ACTIVE', isCut: false };
  const outer = fieldsOf(answer);
  const inner = fieldsOf(outer['StreamDescription'] ?? outer);
  const status = inner['StreamStatus'];
  return {
    Shards: inner['Shards'],
    status: typeof status === 'string' ? status : 'ACTIVE',
    isCut: typeof outer['NextToken'] === 'string' || inner['HasMoreShards'] === true,
  };
};

const noShards = (path: string): HarnessError =>
  new HarnessError('usage', `${path} contains no Shards`, {
    hint: 'aws kinesis list-shards --stream-name NAME --output json > shards.json',
  });

const fieldsOf = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});

const shardOf = (shard: unknown, index: number, path: string): ShardInfo => {
  const { ShardId: id, ParentShardId: parent, AdjacentParentShardId: adjacent, ...rest } = fieldsOf(shard);
  const { StartingHashKey: low, EndingHashKey: high } = fieldsOf(rest['HashKeyRange']);
  const { StartingSequenceNumber: starting, EndingSequenceNumber: ending } = fieldsOf(rest['SequenceNumberRange']);
  const wrong = (field: string): HarnessError =>
    new HarnessError('usage', `${path}: Shards[${index}].${field} is missing, or not a valid value`, {
      hint: 'aws kinesis list-shards --stream-name NAME --output json > shards.json',
    });
  if (typeof id !== 'string') throw wrong('ShardId');
  if (!isHashKey(low) || !isHashKey(high)) throw wrong('HashKeyRange');
  if (!isSequenceNumber(starting)) throw wrong('SequenceNumberRange');
  return {
    shard: id,
    range: [low, high],
    parents: [parent, adjacent].filter((name): name is string => typeof name === 'string'),
    seq: [starting, isSequenceNumber(ending) ? ending : null],
  };
};

const isHashKey = (value: unknown): value is string => typeof value === 'string' && /^\d{1,39}$/.test(value);

/** True if the open shards cover all hash keys. A filtered list does not, and its gaps mean nothing. */
const areWhole = (shards: readonly ShardInfo[]): boolean => {
  const open = shards
    .filter(isOpenShard)
    .map(({ range }) => range.map(BigInt) as [bigint, bigint])
    .sort(([one], [other]) => (one < other ? -1 : 1));
  let next = 0n;
  for (const [low, high] of open) {
    if (low !== next) return false;
    next = high + 1n;
  }
  return next === hashKeyMax + 1n;
};
