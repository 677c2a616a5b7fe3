import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { ControlPlane, Kinesis } from '../kinesis/kinesis.ts';
import { kinesisLocal } from '../targets/kinesis-local.ts';
import type { RunningTarget } from '../targets/target.ts';
import { apiProvisioner } from './api.ts';
import type { ProvisionSpec } from './provisioner.ts';

let target: RunningTarget;
let kinesis: Kinesis;
beforeAll(async () => {
  target = await kinesisLocal.start({ region: 'us-east-1', cacheFolder: '.cache' });
  kinesis = createKinesis(target.client);
});
afterAll(async () => {
  kinesis.close();
  await target.stop();
});

const deadlineMs = 10_000;
const specOf = (over: Partial<ProvisionSpec>): ProvisionSpec => ({
  name: 'kinesis-order-r-1-a',
  shards: 2,
  mode: 'PROVISIONED',
  run: 'r-1',
  ...over,
});

describe('a stream by the API', () => {
  test('is made with all that was asked for, and taken away again, twice without harm', async () => {
    const spec = specOf({
      retentionHours: 48,
      encryptionKey: 'alias/aws/kinesis',
      tags: { team: 'rides' },
      maxRecordSizeKiB: 2048,
    });
    const seen = await apiProvisioner(kinesis).create(spec, deadlineMs);
    expect(seen).toMatchObject({
      status: 'ACTIVE',
      openShards: 2,
      retentionHours: 48,
      encryptionKey: 'alias/aws/kinesis',
      maxRecordSizeKiB: 2048,
      findings: [],
    });
    expect(await kinesis.listTags(spec.name)).toEqual({ team: 'rides', 'kinesis-order': 'r-1' });
    const big = { stream: spec.name, key: 'k', data: new Uint8Array(1_500_000) };
    expect(await kinesis.putRecord(big)).toMatchObject({ outcome: 'ok' });
    await apiProvisioner(kinesis).remove(spec.name, deadlineMs);
    await apiProvisioner(kinesis).remove(spec.name, deadlineMs);
    expect(await kinesis.listStreams()).toEqual([]);
  });

  test('whose engine takes a setting and forgets it is refused, naming what was asked and what is', async () => {
    const forgetful: ControlPlane = { ...kinesis, increaseRetention: () => Promise.resolve() };
    const spec = specOf({ name: 'kinesis-order-r-1-b', retentionHours: 72 });
    await expect(apiProvisioner(forgetful).create(spec, deadlineMs)).rejects.toMatchObject({
      code: 'target',
      message: 'CreateStream was answered, but its stream kinesis-order-r-1-b has retention hours 24, asked for 72',
    });
    await apiProvisioner(kinesis).remove(spec.name, deadlineMs);
  });

  test('whose engine does not know a setting is refused, naming the field that asked for it', async () => {
    const lacking: ControlPlane = {
      ...kinesis,
      startEncryption: () => Promise.reject(new Error('StartStreamEncryption: UnknownOperationException')),
    };
    const spec = specOf({ name: 'kinesis-order-r-1-d', encryptionKey: 'alias/own' });
    await expect(apiProvisioner(lacking).create(spec, deadlineMs)).rejects.toMatchObject({
      code: 'target',
      message: 'stream.encryptionKey: StartStreamEncryption: UnknownOperationException',
      hint: 'leave stream.encryptionKey out where an engine does not know it',
    });
    await apiProvisioner(kinesis).remove(spec.name, deadlineMs);
  });

  test('without the tag or the encryption that was asked for is told, and used', async () => {
    const forgetful: ControlPlane = {
      ...kinesis,
      createStream: (spec) => kinesis.createStream({ ...spec, tags: {} }),
      addTags: () => Promise.resolve(),
      startEncryption: () => Promise.resolve(),
    };
    const spec = specOf({ name: 'kinesis-order-r-1-c', encryptionKey: 'alias/own', tags: { team: 'rides' } });
    expect((await apiProvisioner(forgetful).create(spec, deadlineMs)).findings).toEqual([
      'encryption by alias/own was asked for, and the stream says that it has none',
      'tag team was asked to be "rides", and is null',
    ]);
    await apiProvisioner(kinesis).remove(spec.name, deadlineMs);
  });
});
