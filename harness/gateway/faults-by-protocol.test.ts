import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { faults } from '../faults/registry.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { observedGateway } from '../testing/stand-ins/observed-gateway.ts';
import {
  overHttp1,
  protocols,
  type Shape,
  type WireCall,
  ways,
  caller as wireCaller,
} from '../testing/stand-ins/wire-clients.ts';
import type { Fired } from './fault-chain.ts';
import { createAuthority } from './front/authority.ts';
import { emulator } from './upstream/emulator.ts';

const stream = 'everywhere';
const shard = 'shardId-000000000000';
let engine: RunningTarget;
let direct: Kinesis;
let open: (() => unknown)[] = [];
const authority = createAuthority();

beforeAll(async () => {
  engine = await kinesalite.start({ region: 'us-east-1', cacheFolder: '/nowhere' });
  direct = createKinesis(engine.client);
  await direct.createStream({ name: stream, shards: 1, mode: 'PROVISIONED', tags: {} });
  await direct.waitActive(stream, 5000);
});
afterAll(async () => {
  direct.close();
  await engine.stop();
});
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

const caller =
  (call: WireCall): WireCall =>
  (operation, input) =>
    call(operation, { StreamName: stream, ...input });

/** A place from which a test reads only what it wrote itself. */
const mark = async (): Promise<string> => {
  const answer = await direct.putRecord({ stream, data: Buffer.from('mark'), key: 'mark' });
  return answer.outcome === 'ok' && answer.results[0] !== undefined && 'seq' in answer.results[0]
    ? answer.results[0].seq
    : '';
};
const stored = async (from: string): Promise<readonly string[]> => {
  const at = await direct.getShardIterator({ stream, shard, type: 'AFTER_SEQUENCE_NUMBER', seq: from });
  const page = at.ok ? await direct.getRecords({ iterator: at.iterator }) : at;
  return 'records' in page ? page.records.map(({ data }) => Buffer.from(data).toString()) : [];
};

const put = (call: WireCall, text: string): Promise<Shape | undefined> =>
  call('PutRecord', { PartitionKey: 'k', Data: Buffer.from(text) });
const puts = (call: WireCall, ...texts: string[]): Promise<Shape | undefined> =>
  call('PutRecords', { Records: texts.map((text) => ({ PartitionKey: 'k', Data: Buffer.from(text) })) });
const acked = { ShardId: shard, SequenceNumber: expect.any(String) };

describe.each(Object.entries(ways))('%s', (_, way) => {
  const start = async (fault: keyof typeof faults, options: object) => {
    const fired: Fired[] = [];
    const variant = faults[fault];
    const arm = variant.make(variant.options.parse(options) as never);
    const started = await observedGateway({
      upstream: emulator(engine.client.endpoint ?? ''),
      faults: [{ id: 1, fault, arm }],
      onFired: (one) => void fired.push(one),
      authority,
    });
    open.push(started.gateway.close);
    return { ...started, fired, call: caller(await way(started, open)), from: await mark() };
  };

  test('fail-record', async () => {
    const { call, from, fired, observed } = await start('fail-record', { call: 2, entries: [0] });
    expect(await put(call, '1')).toMatchObject(acked);
    const output = { FailedRecordCount: 1, Records: [{ ErrorCode: 'ProvisionedThroughputExceededException' }, acked] };
    expect(await puts(call, '2', '3')).toMatchObject(output);
    expect(await stored(from)).toEqual(['1', '3']);
    expect([fired.length, observed[1]?.answers]).toMatchObject([1, [{ kind: 'ok', output }]]);
  });

  test('drop-response', async () => {
    const { call, from, fired, observed } = await start('drop-response', { call: 2, producer: 'app' });
    expect(await put(call, '1')).toMatchObject(acked);
    expect(await put(call, '2')).toBeUndefined();
    expect(await put(call, '2')).toMatchObject(acked);
    expect(await stored(from)).toEqual(['1', '2', '2']);
    expect([fired.length, observed.map(({ answers }) => answers[0]?.kind)]).toEqual([1, ['ok', 'lost', 'ok']]);
  });

  test('delay', async () => {
    const { call, from, fired, gateway } = await start('delay', { call: 2, lose: true });
    await put(call, '1');
    expect(await put(call, '2')).toBeUndefined();
    expect(await put(call, '3')).toMatchObject(acked);
    await gateway.heal();
    expect(await stored(from)).toEqual(['1', '3', '2']);
    expect(fired).toHaveLength(1);
  });

  test('lose-record', async () => {
    const { call, from, fired, observed } = await start('lose-record', { call: 2 });
    await put(call, '1');
    expect(await puts(call, '2', '3')).toMatchObject({ Records: [acked, acked] });
    expect(await stored(from)).toEqual(['1', '3']);
    expect([fired.length, observed[1]?.answers[0]?.kind]).toEqual([1, 'ok']);
  });

  test('duplicate-record', async () => {
    const { call, from } = await start('duplicate-record', { call: 1 });
    expect(await put(call, '1')).toMatchObject(acked);
    expect(await stored(from)).toEqual(['1', '1']);
  });

  test('reorder-record', async () => {
    const { call, from, gateway } = await start('reorder-record', { call: 2 });
    for (const text of ['1', '2', '3']) expect(await put(call, text)).toMatchObject(acked);
    await gateway.heal();
    expect(await stored(from)).toEqual(['1', '3', '2']);
  });
});

test('puts are counted per listener, with retries and without reads', async () => {
  const fired: Fired[] = [];
  const variant = faults['drop-response'];
  const arm = variant.make(variant.options.parse({ call: 2, producer: 'other' }) as never);
  const started = await observedGateway({
    upstream: emulator(engine.client.endpoint ?? ''),
    faults: [{ id: 1, fault: 'drop-response', arm }],
    onFired: (one) => void fired.push(one),
  });
  open.push(started.gateway.close);
  const other = await started.gateway.listen('other');
  const [mine, theirs] = [started.listener, other].map(({ endpoint }) =>
    caller(wireCaller(overHttp1(endpoint, open), protocols.JSON)),
  );
  if (mine === undefined || theirs === undefined) throw new Error('no listener');
  for (let n = 0; n < 3; n += 1) expect(await put(mine, 'x')).toMatchObject(acked);
  await theirs('ListShards', {});
  await theirs('GetRecords', { StreamName: undefined, ShardIterator: 'none' });
  expect(await put(theirs, 'x')).toMatchObject(acked);
  expect(await put(theirs, 'x')).toBeUndefined();
  expect(fired).toHaveLength(1);
});
