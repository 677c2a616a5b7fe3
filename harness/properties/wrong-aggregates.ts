import type { PutRecordInput } from '../model/put-fits.ts';
import type { AggregatorDrive, AggregatorWorld, Emitted } from './aggregator-subject.ts';

/** How an aggregator's drive broke a law, in one sentence; undefined if it did not. */
export const missing = ({ given, emitted }: AggregatorDrive): string | undefined => {
  const left = new Map<string, number>();
  for (const { users } of emitted) for (const user of users) left.set(textOf(user), (left.get(textOf(user)) ?? 0) + 1);
  for (const record of given) {
    const times = left.get(textOf(record)) ?? 0;
    left.delete(textOf(record));
    if (times === 0) return `${nameOf(record)} does not come out as it was given`;
    if (times > 1) return `${nameOf(record)} comes out ${times} times`;
  }
  return left.size === 0 ? undefined : 'a record comes out that was never given';
};

export const overSize = (
  { emitted }: AggregatorDrive,
  { bytesMax, countMax }: { readonly bytesMax: number; readonly countMax: number },
): string | undefined => {
  for (const { record, users } of aggregatesOf(emitted)) {
    if (users.length > countMax) return `an aggregate holds ${users.length} user records, the limit is ${countMax}`;
    if (users.length > 1 && record.data.byteLength > bytesMax)
      return `an aggregate of ${users.length} user records has ${record.data.byteLength} bytes, the limit is ${bytesMax}`;
  }
  return undefined;
};

/** Compares records of one key and one explicit hash key: only those go to one shard. */
export const reorderedUsers = ({ given, emitted }: AggregatorDrive): string | undefined => {
  const place = new Map(given.map((record, index) => [textOf(record), index]));
  const last = new Map<string, number>();
  for (const user of emitted.flatMap(({ users }) => users)) {
    const index = place.get(textOf(user)) ?? -1;
    const lane = `${user.hash ?? ''}/${user.key}`;
    if (index < (last.get(lane) ?? -1))
      return `${nameOf(user)} (given as ${index + 1}.) comes out behind a later one of its key`;
    last.set(lane, index);
  }
  return undefined;
};

export const strayed = ({ emitted }: AggregatorDrive, shardOf: AggregatorWorld['shardOf']): string | undefined => {
  for (const { record, users } of aggregatesOf(emitted)) {
    const [shard, other] = new Set(users.map(shardOf));
    if (other !== undefined) return `an aggregate holds user records of ${shard} and of ${other}`;
    if (shard !== undefined && shardOf(record) !== shard)
      return `an aggregate of user records of ${shard} goes to ${shardOf(record)} (key ${JSON.stringify(record.key)}, hash ${record.hash ?? 'none'})`;
  }
  return undefined;
};

export const wrapped = ({ emitted }: AggregatorDrive): string | undefined => {
  const alone = aggregatesOf(emitted).find(({ users }) => users.length < 2);
  return alone === undefined
    ? undefined
    : `an aggregate holds ${alone.users.length} user records: such a one goes plain`;
};

const aggregatesOf = (emitted: readonly Emitted[]): readonly Emitted[] =>
  emitted.filter(({ isAggregate }) => isAggregate);

const textOf = ({ key, hash, data }: PutRecordInput): string =>
  `${JSON.stringify(key)}/${hash ?? ''}/${Buffer.from(data).toString('latin1')}`;

const nameOf = ({ key, data }: PutRecordInput): string =>
  `the record of key ${JSON.stringify(key.slice(0, 24))} with ${data.byteLength} bytes`;
