import type { ServerResponse } from 'node:http';
import { type ClientHttp2Session, connect } from 'node:http2';
import { afterEach, expect, test } from 'vitest';
import { faults } from '../faults/registry.ts';
import { cannedEngine } from '../testing/stand-ins/canned-engine.ts';
import { type ObservedGateway, observedGateway } from '../testing/stand-ins/observed-gateway.ts';
import { emulator } from './upstream/emulator.ts';

let open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.reverse()) await close();
  open = [];
});

const place = '{"ShardId":"shardId-000000000000","SequenceNumber":"1"}';

/** The engine answers the call of key `a` when the test says so, and every other at once. */
const started = async (fault?: keyof typeof faults): Promise<ObservedGateway & { readonly answer: () => void }> => {
  let held: ServerResponse | undefined;
  const engine = await cannedEngine((response, { body }) => {
    if (body.includes('"a"')) held = response;
    else response.end(place);
  });
  const variant = fault === undefined ? undefined : faults[fault];
  const arm = variant?.make(variant.options.parse({ call: 2 }) as never);
  const gateway = await observedGateway({
    upstream: emulator(engine.endpoint),
    ...(fault === undefined || arm === undefined ? {} : { faults: [{ id: 1, fault, arm }] }),
  });
  open.push(engine.close, gateway.gateway.close);
  return { ...gateway, answer: () => void held?.end(place) };
};

const put = (session: ClientHttp2Session, key: string): void => {
  const request = session.request({ ':method': 'POST', 'x-amz-target': 'Kinesis_20131202.PutRecord' });
  request.on('error', () => undefined).end(JSON.stringify({ StreamName: 's', PartitionKey: key, Data: 'eA==' }));
};

const sessionTo = ({ listener }: ObservedGateway): ClientHttp2Session => {
  const session = connect(listener.endpoint);
  session.on('error', () => undefined);
  open.push(() => session.destroy());
  return session;
};

test.each(['drop-response', 'cut-response', 'reset'] as const)(
  '%s over HTTP/2 breaks the session: the gateway ended its other calls, not the client',
  async (fault) => {
    const gateway = await started(fault);
    const { observed, troubles, answer } = gateway;
    const session = sessionTo(gateway);
    put(session, 'a');
    await expect.poll(() => observed).toHaveLength(1);
    put(session, 'b');
    await expect.poll(() => session.destroyed).toBe(true);
    answer();
    await expect.poll(() => observed[0]?.answers).toHaveLength(1);
    expect(observed.map(({ answers }) => answers)).toMatchObject([
      [{ kind: 'lost', message: expect.stringMatching(/^the gateway had closed the connection/) }],
      [{ kind: 'lost', message: 'a fault dropped the answer' }],
    ]);
    expect(troubles).toEqual([]);
  },
);

test('a client that ends its session itself is said to have left', async () => {
  const gateway = await started();
  const { observed, answer } = gateway;
  const session = sessionTo(gateway);
  put(session, 'a');
  await expect.poll(() => observed).toHaveLength(1);
  session.destroy();
  await new Promise((resolve) => setTimeout(resolve, 50));
  answer();
  await expect
    .poll(() => observed[0]?.answers)
    .toMatchObject([{ kind: 'lost', message: 'the client had closed its connection before the answer came' }]);
});
