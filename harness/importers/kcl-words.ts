import type { ShardInfo } from '../model/event.ts';
import type { ReportFact } from './fact.ts';

/**
 * The event in one log line of the Kinesis Client Library. `withdrawn`: the last checkpoint of the shard was refused.
 */
export type KclWord =
  | (Pick<ReportFact, 'event' | 'at' | 'seq' | 'sub'> & { readonly shard: string; readonly worker?: string })
  | { readonly event: 'withdrawn'; readonly shard: string };

/**
 * The messages of KCL 1.x, 2.x and 3.x (strings of amazon-kinesis-client 3.5.1): KinesisDataFetcher,
 * DynamoDBLeaseRenewer, ShutdownTask, ShardRecordProcessorCheckpointer and DynamoDBCheckpointer. Checkpoints are logged
 * at the level DEBUG only.
 */
export const kclWord = (line: string): KclWord | undefined => {
  for (const [pattern, read] of words) {
    const match = pattern.exec(line);
    if (match !== null) return read(match[1] ?? '', match[2] ?? '');
  }
  return undefined;
};

type Read = (first: string, second: string) => KclWord | undefined;

const nothing = { at: undefined, seq: undefined, sub: undefined };

const words: readonly (readonly [RegExp, Read])[] = [
  [/\bInitializing shard (\S+) with (TRIM_HORIZON|LATEST|\d+)\b/, (key, at) => start(key, at)],
  [/\bWorker (\S+) lost lease with key (\S+)/, (worker, key) => ({ ...said('lost', key), worker })],
  [/\bshutdown\(\) for shard (\S+?),? .*Shutdown reason: (?:SHARD_END|TERMINATE)\b/, (key) => said('end', key)],
  [/\bshutdown\(\) for shard (\S+?),? .*Shutdown reason: \w+/, (key) => said('lost', key)],
  [/\bcould not update checkpoint for shard (\S+)/, (key) => ({ event: 'withdrawn', shard: shardOf(key) })],
  [/\bCheckpointing (\S+), token .*(\{SequenceNumber: .*\})/, (key, place) => checkpoint(key, place)],
];

const start = (key: string, at: string): KclWord => ({ ...said('start', key), at });

const said = (event: 'start' | 'lost' | 'end' | 'checkpoint', key: string) => ({
  ...nothing,
  event,
  shard: shardOf(key),
});

/** A checkpoint at TRIM_HORIZON, LATEST or AT_TIMESTAMP covers no record. */
const checkpoint = (key: string, text: string): KclWord | undefined => {
  const [, seq = '', sub = '0'] = /SequenceNumber: (\w+),\s*SubsequenceNumber: (\d+)/.exec(text) ?? [];
  if (seq === 'SHARD_END') return { ...said('checkpoint', key), at: seq };
  return /^\d+$/.test(seq) ? { ...said('checkpoint', key), seq, sub: Number(sub) } : undefined;
};

/** The shard of a lease key. An application that reads several streams logs account:stream:epoch:shard. */
const shardOf = (key: string): string => (key.split(':').at(-1) ?? key).replace(/[,.;]+$/, '');

const child =
  /ChildShard\(shardId=([^,\s]+), parentShards=\[([^\]]*)\], hashKeyRange=\w+\(startingHashKey=(\d+), endingHashKey=(\d+)\)\)/g;

/**
 * The child shards, as KCL 2.x and 3.x log them at the end of a shard. The line does not have their starting sequence
 * numbers, so they are 0.
 */
export const kclChildren = (line: string): readonly ShardInfo[] =>
  !line.includes('ChildShard(')
    ? []
    : [...line.matchAll(child)].map(([, shard = '', parents = '', low = '', high = '']) => ({
        shard: shardOf(shard),
        range: [low, high],
        parents: parents.split(/,\s*/).map(shardOf),
        seq: ['0', null],
      }));
