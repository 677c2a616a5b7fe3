import {
  type KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  ListTagsForStreamCommand,
  type Shard,
} from '@aws-sdk/client-kinesis';
import { HarnessError } from '../lib/error.ts';
import {
  hashRangeFields,
  sequenceRangeFields,
  shardFields,
  shardListFields,
  tagFields,
  wrongField,
  wrongItem,
} from '../model/answer-fields.ts';
import type { ShardInfo } from '../model/event.ts';

export type SendOptions = { readonly requestTimeout: number; readonly abortSignal: AbortSignal };
const pagesMax = 1000;

/**
 * Throws HarnessError('target') for an invalid answer, because it cannot be recorded and must not be guessed. The
 * error names the call and the field.
 */
export const assertFields = (call: string, wrong: string | undefined): void => {
  if (wrong === undefined) return;
  throw new HarnessError('target', `${call} has an invalid answer: ${wrong}`, {
    hint: 'this does not look like the Kinesis API: check the address of the engine, and any proxy in front of it',
  });
};

/**
 * Throws HarnessError('target') if the pages do not end. Without this check, pages without new items would be fetched
 * until memory runs out. `isNew`: the page brought a new item, or a token that leads to another page: a page of AWS may
 * be empty, and the next one not.
 */
const assertGrown = (call: string, page: number, isNew: boolean): void => {
  if (isNew && page < pagesMax) return;
  const brings = isNew ? 'is not the last' : 'has no new items, and announces more';
  throw new HarnessError('target', `${call} does not end: page ${page} ${brings}`, {
    hint: 'the engine ignores its NextToken or its last name',
  });
};

export const allShards = async (
  client: KinesisClient,
  name: string,
  options: SendOptions,
): Promise<readonly ShardInfo[]> => {
  const shards = new Map<string, ShardInfo>();
  const call = `ListShards ${name}`;
  let next: string | undefined;
  for (let page = 1; ; page += 1) {
    const input = next === undefined ? { StreamName: name } : { NextToken: next };
    const output = await client.send(new ListShardsCommand(input), options);
    assertFields(call, wrongField(output, shardListFields) ?? wrongShard(output.Shards ?? []));
    const before = shards.size;
    for (const shard of output.Shards ?? []) shards.set(shard.ShardId ?? '', shardInfo(shard));
    const last = next;
    next = output.NextToken ?? undefined;
    if (next === undefined) return [...shards.values()];
    assertGrown(call, page, shards.size > before || (output.Shards?.length === 0 && next !== last));
  }
};

const wrongShard = (shards: readonly Shard[]): string | undefined => {
  for (const [index, shard] of shards.entries()) {
    const wrong =
      wrongField(shard, shardFields) ??
      wrongField(shard.HashKeyRange, hashRangeFields) ??
      wrongField(shard.SequenceNumberRange ?? {}, sequenceRangeFields);
    if (wrong !== undefined) return `Shards[${index}].${wrong}`;
  }
  return undefined;
};

const shardInfo = ({ ShardId, HashKeyRange, SequenceNumberRange: seq, ...shard }: Shard): ShardInfo => ({
  shard: ShardId ?? '',
  range: [HashKeyRange?.StartingHashKey ?? '0', HashKeyRange?.EndingHashKey ?? '0'],
  parents: [shard.ParentShardId, shard.AdjacentParentShardId].filter(isNamed),
  seq: [seq?.StartingSequenceNumber ?? '0', seq?.EndingSequenceNumber ?? null],
});

const isNamed = (parent: string | null | undefined): parent is string =>
  parent !== undefined && parent !== null && parent !== '';

export const allStreams = async (client: KinesisClient, options: SendOptions): Promise<readonly string[]> => {
  const names = new Set<string>();
  let last: string | undefined;
  for (let page = 1; ; page += 1) {
    const from = last === undefined ? {} : { ExclusiveStartStreamName: last };
    const { StreamNames, HasMoreStreams } = await client.send(new ListStreamsCommand({ Limit: 100, ...from }), options);
    assertFields('ListStreams', wrongNames(StreamNames));
    const before = names.size;
    for (const name of StreamNames ?? []) names.add(name);
    if (HasMoreStreams !== true || StreamNames?.length === 0) return [...names];
    assertGrown('ListStreams', page, names.size > before);
    last = StreamNames?.at(-1);
  }
};

/** Says what is wrong with the names of a ListStreams answer; undefined if they are valid. */
export const wrongNames = (names: unknown): string | undefined => {
  if (!Array.isArray(names)) return wrongField({ StreamNames: names }, { StreamNames: 'a list' });
  const at = names.findIndex((name) => typeof name !== 'string');
  const field = `StreamNames[${at}]`;
  return at < 0 ? undefined : wrongField({ [field]: names[at] as unknown }, { [field]: 'text' });
};

const tagPagesMax = 10;

export const allTags = async (
  client: KinesisClient,
  name: string,
  options: SendOptions,
): Promise<Readonly<Record<string, string>>> => {
  const tags: Record<string, string> = {};
  let last: string | undefined;
  for (let page = 0; page < tagPagesMax; page += 1) {
    const from = last === undefined ? {} : { ExclusiveStartTagKey: last };
    const output = await client.send(new ListTagsForStreamCommand({ StreamName: name, ...from }), options);
    const wrong = wrongField(output, { Tags: 'a list?' }) ?? wrongItem('Tags', output.Tags ?? [], tagFields);
    assertFields(`ListTagsForStream ${name}`, wrong);
    for (const { Key, Value } of output.Tags ?? []) tags[Key ?? ''] = Value ?? '';
    last = output.Tags?.at(-1)?.Key;
    if (output.HasMoreTags !== true) break;
  }
  return tags;
};
