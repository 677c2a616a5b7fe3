import { describe, expect, test } from 'vitest';
import type { Provisioned } from '../provision/provisioner.ts';
import type { ReshardPlan, ResolvedScenario, ResolvedStream } from '../scenario/resolved.ts';
import { asSeen, assertKeysCount, assertKeysWanted, assertRoom, assertStack } from './stream-of.ts';
import { recordTopology } from './topology.ts';

const scenarioOf = (stream: Partial<ResolvedStream>, reshard: readonly ReshardPlan[] = []): ResolvedScenario => ({
  name: 'small',
  why: 'what is refused before the first put',
  tags: [],
  needs: [],
  seed: '1',
  stream: { shards: 2, mode: 'PROVISIONED', ...stream },
  workload: { keys: 4, recordsPerKey: 10, payload: { type: 'bytes', size: 2_000_000 }, partitionKey: { type: 'even' } },
  producers: [{ type: 'putRecord', name: 'p1' }],
  consumers: [],
  faults: [],
  reshard,
  expect: { forbid: [], allow: [], find: [], ignore: [] },
  budget: { loadMs: 1, drainMs: 1, callMs: 1, reshardMs: 1 },
});

const seen: Provisioned = {
  name: 'orders',
  status: 'ACTIVE',
  mode: 'PROVISIONED',
  distribution: 'USER_PARTITION_KEY',
  retentionHours: 48,
  openShards: 3,
  arn: 'arn',
  findings: [],
};

describe('a stream that distributes records by itself', () => {
  test('is refused in the file, before anything is made', () => {
    const scenario = scenarioOf({ mode: 'ON_DEMAND', recordDistributionStrategy: 'AUTO' });
    expect(() => assertKeysWanted(scenario)).toThrow('AUTO ignores every partition key');
    expect(() => assertKeysWanted(scenarioOf({}))).not.toThrow();
  });

  test('is refused where it is there already, and where it is switched during a run', async () => {
    expect(() => assertKeysCount({ ...seen, distribution: 'AUTO' })).toThrow('partition keys promise nothing there');
    const topology = recordTopology({
      kinesis: {
        describe: () => Promise.resolve({ ...seen, distribution: 'AUTO' }),
        listShards: () => Promise.resolve([]),
      },
      stream: 'orders',
      recorder: { write: () => 0, now: () => 0, flush: () => Promise.resolve(), close: () => Promise.resolve() },
    });
    await expect(topology).rejects.toMatchObject({
      code: 'target',
      message: expect.stringContaining('AUTO') as string,
    });
  });
});

describe('a stream that the harness does not describe', () => {
  test('is what it is seen to be', () => {
    const { stream } = asSeen(scenarioOf({ existing: 'orders' }), { ...seen, maxRecordSizeKiB: 4096 });
    expect(stream).toMatchObject({ shards: 3, mode: 'PROVISIONED', retentionHours: 48, maxRecordSizeKiB: 4096 });
  });

  test('is refused when its records are too small for the workload', () => {
    expect(() => asSeen(scenarioOf({ existing: 'orders' }), { ...seen, maxRecordSizeKiB: 1024 })).toThrow(
      'small does not fit stream orders: workload.payload.size: 2000000 bytes',
    );
  });
});

test('more shards than the account may open are refused, counted at their most', () => {
  const reshard = [
    { action: 'UpdateShardCount', afterAcked: 1, target: 4 },
    { action: 'SplitShard', afterAcked: 2, shard: 0 },
    { action: 'MergeShards', afterAcked: 3, shard: 0 },
  ] as const;
  expect(() => assertRoom(scenarioOf({}, reshard), { shardsLeft: 4 })).toThrow(
    'small opens 5 shards, and this account may open 4 more (DescribeLimits)',
  );
  expect(() => assertRoom(scenarioOf({}, reshard), { shardsLeft: 5 })).not.toThrow();
  expect(() => assertRoom(scenarioOf({}, reshard), { shardsLeft: undefined })).not.toThrow();
});

test('a stack update is refused where no stack made the stream', () => {
  const reshard = [{ action: 'UpdateStack', afterAcked: 1, target: 4 }] as const;
  expect(() => assertStack(scenarioOf({}, reshard), false)).toThrow(
    'UpdateStack needs a stream that CloudFormation made',
  );
  expect(() => assertStack(scenarioOf({}, reshard), true)).not.toThrow();
});
