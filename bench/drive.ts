import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { Agent } from 'node:http';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { KinesisClient, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { openRecorder } from '../harness/history/open-recorder.ts';
import { createKinesis } from '../harness/kinesis/create-kinesis.ts';
import type { ClientOptions } from '../harness/kinesis/kinesis.ts';
import { systemClock } from '../harness/lib/clock.ts';
import { seededRandom } from '../harness/lib/random.ts';
import { counters } from '../harness/run/counters.ts';
import { liveness } from '../harness/run/liveness.ts';
import { produce } from '../harness/run/produce.ts';
import type { ResolvedScenario } from '../harness/scenario/resolved.ts';
import { partitionKeys, payloads } from '../harness/workload/registry.ts';

/**
 * Driving and recording against a bare SDK loop that sends the same payloads to the same server. They take turns,
 * round by round: the median of the rounds' ratios, with the quartiles. `tsx bench/drive.ts [rounds]`. Exits with 1 if
 * a median is above its limit.
 */
type Case = {
  readonly name: string;
  readonly batch: number;
  readonly inFlight: number;
  readonly records: number;
  readonly limit: number;
};

const cases: readonly Case[] = [
  { name: 'PutRecord serial', batch: 1, inFlight: 1, records: 600, limit: 1.05 },
  { name: 'PutRecord 16 in flight', batch: 1, inFlight: 16, records: 1600, limit: 1.05 },
  { name: 'PutRecords of 100', batch: 100, inFlight: 1, records: 40_000, limit: 1.15 },
];
const keys = 20;
const stream = 'bench';
const rounds = Number(process.argv[2] ?? 11);
const random = (): ReturnType<typeof seededRandom> => seededRandom('bench/keys');
const keysOf = (records: number): Iterable<string> =>
  partitionKeys.even.make({})({ keys, recordsPerKey: records / keys, prefix: 'p1-', random: random() });

/** A loop that only sends: it builds a payload, sends it, and looks at the answer. */
const bare = async (client: KinesisClient, { batch, inFlight, records }: Case): Promise<void> => {
  const make = payloads.taxiRide.make({});
  const rides = seededRandom('bench/payload/p1');
  const counts = new Map<string, number>();
  const names = keysOf(records)[Symbol.iterator]();
  const next = (): { Data: Uint8Array; PartitionKey: string } | undefined => {
    const { value: key, done } = names.next();
    if (done === true) return undefined;
    const n = counts.get(key) ?? 0;
    counts.set(key, n + 1);
    return { Data: make({ run: 'bench', producer: 'p1', key, n }, rides), PartitionKey: key };
  };
  const single = async (): Promise<void> => {
    for (let record = next(); record !== undefined; record = next()) {
      const { SequenceNumber } = await client.send(new PutRecordCommand({ StreamName: stream, ...record }));
      if (SequenceNumber === undefined) throw new Error('no SequenceNumber');
    }
  };
  const batched = async (): Promise<void> => {
    for (;;) {
      const Records: { Data: Uint8Array; PartitionKey: string }[] = [];
      for (let record = next(); record !== undefined; record = next()) if (Records.push(record) === batch) break;
      if (Records.length === 0) return;
      const { FailedRecordCount } = await client.send(new PutRecordsCommand({ StreamName: stream, Records }));
      if (FailedRecordCount !== 0) throw new Error('failed records');
    }
  };
  await Promise.all(Array.from({ length: inFlight }, batch === 1 ? single : batched));
};

const scenarioOf = ({ batch, inFlight, records }: Case): ResolvedScenario => ({
  name: 'bench',
  why: 'how much driving costs',
  tags: [],
  needs: [],
  seed: 'bench',
  stream: { shards: 4, mode: 'PROVISIONED' },
  workload: { keys, recordsPerKey: records / keys, payload: { type: 'taxiRide' }, partitionKey: { type: 'even' } },
  producers: [
    batch === 1 ? { type: 'putRecord', name: 'p1', inFlight } : { type: 'putRecords', name: 'p1', inFlight, batch },
  ],
  consumers: [],
  faults: [],
  reshard: [],
  expect: { forbid: [], allow: [], find: [], ignore: [] },
  budget: { loadMs: 1, drainMs: 1, callMs: 1, reshardMs: 1 },
});

type Driven = { readonly kinesis: ReturnType<typeof createKinesis>; readonly folder: string };

/** The load of a run, driven as run.ts does, history included, until all of it is on disk. */
const driven = async ({ kinesis, folder }: Driven, one: Case): Promise<void> => {
  const clock = systemClock();
  const counts = counters();
  const recorder = await openRecorder({
    path: join(folder, 'bench.ndjson'),
    head: { type: 'head', format: 'kinesis-order-history', version: 1, run: 'bench' },
    clock,
  });
  let op = 0;
  await produce({
    scenario: scenarioOf(one),
    stream,
    recorder,
    identityRun: 'bench',
    clock,
    signal: new AbortController().signal,
    onProgress: () => undefined,
    kinesis,
    counts,
    nextOp: () => (op += 1),
    isTagged: false,
    onOutcome: liveness({ kinesis, stream, acked: counts.acked, onDead: (error) => console.error(error) }),
  });
  await recorder.flush();
  await recorder.close();
  if (counts.acked() !== one.records) throw new Error(`${counts.acked()} of ${one.records} were acknowledged`);
};

const timed = async (work: () => Promise<void>): Promise<number> => {
  const before = performance.now();
  await work();
  return performance.now() - before;
};

const quantile = (sorted: readonly number[], at: number): number =>
  sorted[Math.round((sorted.length - 1) * at)] ?? Number.NaN;

const measure = async (one: Case, client: KinesisClient, ours: Driven): Promise<boolean> => {
  const pairs: { ratio: number; bareMs: number }[] = [];
  for (let round = -2; round < rounds; round += 1) {
    const isBareFirst = round % 2 === 0;
    const early = isBareFirst ? await timed(() => bare(client, one)) : 0;
    const drivenMs = await timed(() => driven(ours, one));
    const bareMs = isBareFirst ? early : await timed(() => bare(client, one));
    if (round >= 0) pairs.push({ ratio: drivenMs / bareMs, bareMs });
  }
  const ratios = pairs.map(({ ratio }) => ratio).sort((a, b) => a - b);
  const bareMs = quantile(
    pairs.map((pair) => pair.bareMs).sort((a, b) => a - b),
    0.5,
  );
  const median = quantile(ratios, 0.5);
  const isWithin = median <= one.limit;
  console.log(
    `  ${one.name.padEnd(24)} ${median.toFixed(3)}  [${quantile(ratios, 0.25).toFixed(3)}, ${quantile(ratios, 0.75).toFixed(3)}]  limit ${one.limit.toFixed(2)}  ${isWithin ? 'within' : 'ABOVE'}   bare: ${Math.round((one.records / bareMs) * 1000)} records/s`,
  );
  return isWithin;
};

/** A client as the SDK's guide advises, over HTTP/1.1 with connections kept, like our client. */
const bareClient = ({ endpoint, region, credentials }: ClientOptions): KinesisClient =>
  new KinesisClient({
    region,
    maxAttempts: 1,
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(credentials === undefined ? {} : { credentials }),
    requestHandler: new NodeHttpHandler({
      requestTimeout: 15_000,
      httpAgent: new Agent({ keepAlive: true, noDelay: true, maxSockets: 256 }),
    }),
  });

const against = async (server: 'kinesalite' | 'canned', folder: string): Promise<boolean> => {
  const child = fork(new URL('drive-server.ts', import.meta.url), [server], { execArgv: ['--import', 'tsx'] });
  try {
    const [port] = (await once(child, 'message')) as [number];
    const options: ClientOptions = {
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'bench', secretAccessKey: 'bench' },
      requestTimeoutMs: 15_000,
    };
    const kinesis = createKinesis(options);
    const client = bareClient(options);
    if (server === 'kinesalite') {
      await kinesis.createStream({ name: stream, shards: 4, mode: 'PROVISIONED', tags: {} });
      await kinesis.waitActive(stream, 10_000);
    }
    console.log(`driving and recording / bare SDK loop, on ${server}: median of ${rounds} rounds [quartiles]`);
    let isWithin = true;
    for (const one of cases) isWithin = (await measure(one, client, { kinesis, folder })) && isWithin;
    client.destroy();
    kinesis.close();
    return isWithin;
  } finally {
    child.kill();
  }
};

const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-bench-'));
console.log(`node ${process.version}, ${cpus().length} cores, taxi rides, ${keys} keys, 4 shards`);
const results = [await against('canned', folder), await against('kinesalite', folder)];
await rm(folder, { recursive: true });
process.exitCode = results.every(Boolean) ? 0 : 1;
