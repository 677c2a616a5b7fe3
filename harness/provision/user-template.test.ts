import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import type { SeenStack, Stacks } from './stacks.ts';
import { type OwnTemplate, templateProvisioner } from './user-template.ts';

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
const spec = { name: 'kinesis-order-r-1-own', shards: 1, mode: 'PROVISIONED', run: 'r-1' } as const;
const template: OwnTemplate = {
  file: 'rides.yaml',
  body: 'Resources: {}',
  parameters: {},
  stream: 'Rides',
  fixedNames: [],
  daring: [],
};

/**
 * Stacks over a real Kinesis that speaks no CloudFormation: a stack makes one stream and, like one with DeletionPolicy
 * Retain, leaves it.
 */
const stacksOf = (over: Partial<Stacks> = {}): Stacks & { readonly seen: Map<string, SeenStack> } => {
  const seen = new Map<string, SeenStack>();
  return {
    seen,
    create: async ({ name, tags }) => {
      const outputs = { Arn: 'arn:aws:kinesis:us-east-1:0:stream/rides' };
      seen.set(name, { name, id: name, status: 'CREATE_COMPLETE', reason: undefined, tags, outputs });
      await kinesis.createStream({ name: 'rides', shards: 2, mode: 'PROVISIONED', tags: {} });
    },
    update: () => Promise.resolve(false),
    remove: async (name) => void (await Promise.resolve(seen.delete(name))),
    find: (name) => Promise.resolve(seen.get(name)),
    resource: (_, logicalId) => Promise.resolve(logicalId === 'Rides' ? 'rides' : undefined),
    list: () => Promise.resolve([...seen.keys()]),
    firstFailure: () => Promise.resolve('Rides (AWS::Kinesis::Stream) CREATE_FAILED: no room'),
    close: () => undefined,
    ...over,
  };
};

describe("a team's own template", () => {
  test.each(['Rides', 'Arn'])(
    'is deployed, its stream found by %s, tagged, and taken away even where it is retained',
    async (stream) => {
      const stacks = stacksOf();
      const provisioner = templateProvisioner({ kinesis, stacks, template: { ...template, stream } });
      const made = await provisioner.create(spec, deadlineMs);
      expect(made).toMatchObject({ name: 'rides', openShards: 2 });
      expect(await kinesis.listTags('rides')).toEqual({ 'kinesis-order': 'r-1' });
      await provisioner.remove(spec.name, deadlineMs);
      expect(stacks.seen.size).toBe(0);
      expect(await kinesis.listStreams()).toEqual([]);
    },
  );

  test('that names a stream which is there already makes nothing, and takes nothing away', async () => {
    await kinesis.createStream({ name: 'orders', shards: 1, mode: 'PROVISIONED', tags: {} });
    await kinesis.waitActive('orders', deadlineMs);
    const stacks = stacksOf();
    const provisioner = templateProvisioner({ kinesis, stacks, template: { ...template, fixedNames: ['orders'] } });
    await expect(provisioner.create(spec, deadlineMs)).rejects.toMatchObject({
      code: 'usage',
      message: 'stream.template: rides.yaml names orders, which is there already',
    });
    expect(stacks.seen.size).toBe(0);
    await provisioner.remove(spec.name, deadlineMs);
    expect(await kinesis.listStreams()).toEqual(['orders']);
    await kinesis.deleteStream('orders');
    await kinesis.waitGone('orders', deadlineMs);
  });

  test.each([
    ['ValidationError', 'Parameter Shards must be a number', 'usage'],
    ['AccessDenied', 'not authorized to perform: cloudformation:CreateStack', 'target'],
  ])('that is refused with %s says so, and whose fault it is', async (name, words, code) => {
    const refusal = new HarnessError('target', `CreateStack kinesis-order-r-1-own: ${name}: ${words}`);
    const provisioner = templateProvisioner({
      kinesis,
      stacks: stacksOf({ create: () => Promise.reject(refusal) }),
      template,
    });
    await expect(provisioner.create(spec, deadlineMs)).rejects.toMatchObject({
      code,
      message: expect.stringContaining(words) as string,
    });
  });

  test('whose stack is deleted under the run is told as that', async () => {
    const stacks = stacksOf({ find: () => Promise.resolve(undefined) });
    await expect(templateProvisioner({ kinesis, stacks, template }).create(spec, deadlineMs)).rejects.toMatchObject({
      code: 'target',
      message: 'stack kinesis-order-r-1-own was deleted under us',
    });
    await kinesis.deleteStream('rides');
    await kinesis.waitGone('rides', deadlineMs);
  });

  test('whose stack fails carries the first failed reason, and its resource', async () => {
    const failed = { name: 's', id: 's', status: 'CREATE_FAILED', reason: undefined, tags: {}, outputs: {} };
    const stacks = stacksOf({ create: () => Promise.resolve(), find: () => Promise.resolve(failed) });
    await expect(templateProvisioner({ kinesis, stacks, template }).create(spec, deadlineMs)).rejects.toMatchObject({
      code: 'target',
      message: 'stack kinesis-order-r-1-own is CREATE_FAILED: Rides (AWS::Kinesis::Stream) CREATE_FAILED: no room',
    });
  });
});
