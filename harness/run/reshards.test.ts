import { SplitShardCommand } from '@aws-sdk/client-kinesis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ArmedFault } from '../faults/fault.ts';
import { emulator } from '../gateway/upstream/emulator.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { sdkClient } from '../kinesis/sdk-client.ts';
import { systemClock } from '../lib/clock.ts';
import type { EventBody } from '../model/event.ts';
import type { StackReshard } from '../provision/provisioner.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { observedGateway } from '../testing/stand-ins/observed-gateway.ts';
import { counters } from './counters.ts';
import { reshards } from './reshards.ts';

let target: RunningTarget;
let kinesis: Kinesis;
let streams = 0;
beforeAll(async () => {
  target = await kinesalite.start({ region: 'us-east-1', cacheFolder: '.cache' });
  kinesis = createKinesis(target.client);
});
afterAll(async () => {
  kinesis.close();
  await target.stop();
});

const scenario: ResolvedScenario = {
  name: 'by-stack',
  why: 'a reshard through a stack update',
  tags: [],
  needs: ['cloudformation'],
  seed: '1',
  stream: { shards: 1, mode: 'PROVISIONED' },
  workload: { keys: 1, recordsPerKey: 1, payload: { type: 'taxiRide' }, partitionKey: { type: 'even' } },
  producers: [{ type: 'putRecord', name: 'p1' }],
  consumers: [],
  faults: [],
  reshard: [{ action: 'UpdateStack', afterAcked: 0, target: 2 }],
  expect: { forbid: [], allow: [], find: [], ignore: [] },
  budget: { loadMs: 5000, drainMs: 5000, callMs: 3000, reshardMs: 3000 },
};

/** A stack update that does to a real stream what `update` does, and says that it is done. */
const resharded = async (update: (stream: string) => Promise<void>) => {
  streams += 1;
  const stream = `stack-${streams}`;
  await kinesis.createStream({ name: stream, shards: 1, mode: 'PROVISIONED', tags: {} });
  await kinesis.waitActive(stream, 5000);
  const clock = systemClock();
  const events: EventBody[] = [];
  const said: string[] = [];
  const reshardByStack = async (): Promise<StackReshard> => {
    await update(stream);
    const { openShards } = await kinesis.waitActive(stream, 3000);
    return { said: 'UPDATE_COMPLETE', openShards };
  };
  await reshards({
    scenario,
    target,
    kinesis,
    stream,
    counts: counters(),
    recorder: { write: (event) => events.push(event), now: clock.now, flush: noop, close: noop },
    note: (note) => void said.push(note),
    reshardByStack,
    signal: new AbortController().signal,
  });
  return { said, steps: events.filter((event) => event.type === 'reshard') };
};

const noop = (): Promise<void> => Promise.resolve();

describe('a reshard through a stack update', () => {
  test('that the stream carries out is an UpdateShardCount by the stack', async () => {
    const middle = '170141183460469231731687303715884105728';
    const { said, steps } = await resharded((stream) => kinesis.splitShard(stream, 'shardId-000000000000', middle));
    expect(steps).toEqual([
      { type: 'reshard', id: 1, phase: 'invoke', action: 'UpdateShardCount', target: 2, via: 'UpdateStack' },
      { type: 'reshard', id: 1, phase: 'ok' },
    ]);
    expect(said).toEqual([]);
  });

  test('that is said to be complete, while the stream is as it was, surely had no effect, and that is told', async () => {
    const { said, steps } = await resharded(noop);
    const told =
      'the stack says UPDATE_COMPLETE, the stream has 1 open shards and was to have 2: the engine did not carry the update out';
    expect(steps.at(-1)).toEqual({ type: 'reshard', id: 1, phase: 'fail', error: 'NoEffect', message: told });
    expect(said).toEqual([`reshard 1: ${told}`]);
  });

  test('that the stack could not do ends the load, with the words of the stack', async () => {
    const failure = new Error('stack s is UPDATE_ROLLBACK_COMPLETE: Stream (AWS::Kinesis::Stream) UPDATE_FAILED: no');
    await expect(resharded(() => Promise.reject(failure))).rejects.toThrow('UPDATE_FAILED: no');
  });
});

/** A stream of one shard behind a gateway that does `fault` to the first SplitShard. */
const behindFault = async (fault: 'answer-lost' | 'never-sent') => {
  streams += 1;
  const stream = `lost-${streams}`;
  await kinesis.createStream({ name: stream, shards: 1, mode: 'PROVISIONED', tags: {} });
  await kinesis.waitActive(stream, 5000);
  let calls = 0;
  const arm = (): ArmedFault => async (call, forward) => {
    if (call.api !== 'SplitShard') return forward(call.body);
    calls += 1;
    if (calls > 1) return forward(call.body);
    // A client repeats it at once, or soon: kinesalite refuses it while the stream is UPDATING.
    if (fault === 'answer-lost') await forward(call.body).then(() => kinesis.waitActive(stream, 5000));
    return { kind: 'drop' };
  };
  const { gateway, listener } = await observedGateway({
    upstream: emulator(target.client.endpoint ?? ''),
    faults: [{ id: 1, fault, arm }],
  });
  const client = { ...target.client, endpoint: listener.endpoint };
  return { stream, client, calls: () => calls, close: gateway.close };
};

const split = async (fault: 'answer-lost' | 'never-sent') => {
  const { stream, client, calls, close } = await behindFault(fault);
  const caller = createKinesis(client);
  const events: EventBody[] = [];
  const said: string[] = [];
  const clock = systemClock();
  try {
    await reshards({
      scenario: { ...scenario, reshard: [{ action: 'SplitShard', afterAcked: 0, shard: 0 }] },
      target,
      kinesis,
      caller,
      stream,
      counts: counters(),
      recorder: { write: (event) => events.push(event), now: clock.now, flush: noop, close: noop },
      note: (note) => void said.push(note),
      signal: new AbortController().signal,
    });
    const phases = events.flatMap((event) => (event.type === 'reshard' ? [event.phase] : []));
    return { calls: calls(), said, phases, shards: (await kinesis.listShards(stream)).length };
  } finally {
    caller.close();
    await close();
  }
};

describe('a SplitShard whose answer does not come', () => {
  test('is carried out twice by kinesalite for a client that repeats it by itself', async () => {
    const { stream, client, close } = await behindFault('answer-lost');
    const sdk = sdkClient(client, 3);
    const input = { StreamName: stream, ShardToSplit: 'shardId-000000000000', NewStartingHashKey: `${2n ** 127n}` };
    await sdk.send(new SplitShardCommand(input));
    await kinesis.waitActive(stream, 5000);
    const parents = (await kinesis.listShards(stream)).flatMap((shard) => shard.parents);
    expect(parents).toEqual(Array.from({ length: 4 }, () => 'shardId-000000000000'));
    sdk.destroy();
    await close();
  });

  test('is not repeated once the shards show that it was carried out', async () => {
    const { calls, said, phases, shards } = await split('answer-lost');
    expect({ calls, phases, shards }).toEqual({ calls: 1, phases: ['invoke', 'ok'], shards: 3 });
    expect(said).toEqual([expect.stringMatching(/^reshard 1 was carried out, though its answer did not come: /)]);
  });

  test('is repeated where it was not carried out', async () => {
    const { calls, said, phases, shards } = await split('never-sent');
    expect({ calls, phases, shards }).toEqual({ calls: 2, phases: ['invoke', 'ok'], shards: 3 });
    expect(said).toEqual([expect.stringMatching(/^reshard 1 was unanswered, and asked for again: /)]);
  });
});
