import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { removeStream } from './api.ts';
import { findLeftovers, removeLeftovers } from './clean.ts';
import { findStacks, removeStacks } from './clean-stacks.ts';
import type { SeenStack, Stacks } from './stacks.ts';

let target: RunningTarget;
let kinesis: Kinesis;
beforeAll(async () => {
  target = await kinesalite.start({ region: 'us-east-1', cacheFolder: '.cache' });
  kinesis = createKinesis(target.client);
});
afterAll(async () => {
  kinesis.close();
  await target.stop();
});

const deadlineMs = 5000;
const make = async (name: string, tags: Readonly<Record<string, string>> = {}): Promise<void> => {
  await kinesis.createStream({ name, shards: 1, mode: 'PROVISIONED', tags: {} });
  await kinesis.waitActive(name, deadlineMs);
  if (Object.keys(tags).length > 0) await kinesis.addTags(name, tags);
};

describe('what killed runs left', () => {
  test('is what carries both the name and the tag, and nothing else is removed', async () => {
    await make('kinesis-order-r-1-a', { 'kinesis-order': 'r-1' });
    await make('kinesis-order-by-hand');
    await make('orders', { 'kinesis-order': 'r-1' });
    const found = await findLeftovers(kinesis);
    expect(found).toEqual([{ name: 'kinesis-order-r-1-a', run: 'r-1' }]);
    await removeLeftovers(kinesis, found, deadlineMs);
    expect([...(await kinesis.listStreams())].sort()).toEqual(['kinesis-order-by-hand', 'orders']);
    for (const name of await kinesis.listStreams()) await removeStream(kinesis, name, deadlineMs);
  });

  test('may go away while it is listed, and before it is removed', async () => {
    await make('kinesis-order-r-2-a', { 'kinesis-order': 'r-2' });
    await make('kinesis-order-r-2-b', { 'kinesis-order': 'r-2' });
    /** Its own run removes the first one at the worst moment. */
    const racing = {
      ...kinesis,
      listTags: async (name: string) => {
        if (name.endsWith('a')) await removeStream(kinesis, name, deadlineMs);
        return kinesis.listTags(name);
      },
    };
    const found = await findLeftovers(racing);
    expect(found.map(({ name }) => name)).toEqual(['kinesis-order-r-2-b']);
    await removeStream(kinesis, 'kinesis-order-r-2-b', deadlineMs);
    await expect(removeLeftovers(kinesis, found, deadlineMs)).resolves.toBeUndefined();
    expect(await kinesis.listStreams()).toEqual([]);
  });

  test('that is still being made is removed as soon as it may be', async () => {
    let refusals = 0;
    const busy = {
      ...kinesis,
      deleteStream: (name: string) => {
        refusals += 1;
        if (refusals > 2) return kinesis.deleteStream(name);
        return Promise.reject(Object.assign(new Error('stream is CREATING'), { name: 'ResourceInUseException' }));
      },
    };
    await make('kinesis-order-r-3-a', { 'kinesis-order': 'r-3' });
    await removeLeftovers(busy, await findLeftovers(busy), deadlineMs);
    expect(refusals).toBe(3);
    expect(await kinesis.listStreams()).toEqual([]);
  });

  test('is not passed over where the engine fails to say', async () => {
    await make('kinesis-order-r-4-a', { 'kinesis-order': 'r-4' });
    const broken = { ...kinesis, listTags: () => Promise.reject(new Error('InternalFailure')) };
    await expect(findLeftovers(broken)).rejects.toThrow('InternalFailure');
    await removeStream(kinesis, 'kinesis-order-r-4-a', deadlineMs);
  });
});

describe('stacks that killed runs left', () => {
  const seen = new Map<string, SeenStack>();
  const stack = (name: string, tags: Readonly<Record<string, string>>): void =>
    void seen.set(name, { name, id: name, status: 'CREATE_COMPLETE', reason: undefined, tags, outputs: {} });
  const stacks: Pick<Stacks, 'list' | 'find' | 'remove' | 'firstFailure'> = {
    list: () => Promise.resolve([...seen.keys(), 'kinesis-order-gone-since']),
    find: (name) => Promise.resolve(seen.get(name)),
    remove: async (name) => void (await Promise.resolve(seen.delete(name))),
    firstFailure: () => Promise.resolve(undefined),
  };

  test('are known by the same two signs, and one that went away is no error', async () => {
    stack('kinesis-order-r-1-a', { 'kinesis-order': 'r-1' });
    stack('kinesis-order-by-hand', {});
    stack('production', { 'kinesis-order': 'r-1' });
    const found = await findStacks(stacks);
    expect(found).toEqual([{ name: 'kinesis-order-r-1-a', run: 'r-1' }]);
    await removeStacks(stacks, [...found, { name: 'kinesis-order-gone-since', run: 'r-1' }], deadlineMs);
    expect([...seen.keys()]).toEqual(['kinesis-order-by-hand', 'production']);
  });
});
