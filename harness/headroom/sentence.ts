import type { Headroom, Peak, ShardHeadroom } from '../model/headroom.ts';

/** The headroom in one sentence, for people. */
export const headroomSentence = (room: Headroom): string => {
  const [hottest] = room.shards;
  const most = hottest === undefined ? '' : `at most ${usesOf(hottest)} on ${hottest.shard}`;
  return [
    room.isWhole ? 'headroom' : `headroom of the first ${numberOf(room.records)} records (--headroom counts all)`,
    `: ${[most, throttledWords(room), ...refusedWords(room), ...targetWords(room), hottestWords(room)].join('; ')}`,
    room.recordsWithoutSize === 0 ? '' : `; ${numberOf(room.recordsWithoutSize)} records tell no size`,
  ].join('');
};

/** Records and bytes of a shard's busiest seconds, each with its share of the limit. */
export const usesOf = ({ records, bytes }: ShardHeadroom): string =>
  `${numberOf(records.used)} records/s (${percent(records)}) and ${sizeOf(bytes.used)}/s (${percent(bytes)})`;

const throttledWords = (room: Headroom): string => {
  const { throttledCalls, calls, keyBeyondShard: key, limits } = room;
  if (throttledCalls === 0) return `AWS would have throttled none of ${numberOf(calls)} calls`;
  const over = `AWS would have throttled ${numberOf(throttledCalls)} of ${numberOf(calls)} calls`;
  if (key === null)
    return `${over}; more shards would help (${numberOf(room.shardsAtLeast)} or more), no key alone goes beyond one`;
  const alone =
    key.records > limits.recordsPerSecond
      ? `${numberOf(key.records)} records in second ${key.second}`
      : `${sizeOf(key.bytes)} in second ${key.second}`;
  return `${over}; more shards would not help, key ${JSON.stringify(shortened(key.key))} alone came to ${alone}`;
};

const refusedWords = ({ refusedCalls }: Headroom): readonly string[] =>
  refusedCalls === 0 ? [] : [`it would have refused ${numberOf(refusedCalls)} for their size`];

const targetWords = ({ throttledByTarget }: Headroom): readonly string[] =>
  throttledByTarget === 0 ? [] : [`the target itself throttled ${numberOf(throttledByTarget)}`];

const hottestWords = ({ hottestKeys: [first] }: Headroom): string =>
  first === undefined
    ? ''
    : `hottest key ${JSON.stringify(shortened(first.key))} with ${shareOf(Math.max(first.recordsShare, first.bytesShare))}`;

const numberOf = (count: number): string => count.toLocaleString('en-US');
const percent = ({ share }: Peak): string => shareOf(share);
export const shareOf = (share: number): string =>
  share > 0 && share < 0.01 ? 'below 1 %' : `${Math.round(share * 100)} %`;
const sizeOf = (bytes: number): string =>
  bytes < 10_000 ? `${numberOf(bytes)} B` : `${(bytes / 1_048_576).toFixed(2)} MiB`;
const shortened = (key: string): string => (key.length > 60 ? `${key.slice(0, 60)}…` : key);
