import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { cpus, loadavg } from 'node:os';
import { KinesisClient, PutRecordCommand, PutRecordsCommand } from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { createKinesis } from '../harness/kinesis/create-kinesis.ts';

/**
 * The gateway alone and with the tap that writes a history, against a relay that copies bytes and decodes nothing, and
 * against a direct connection. They take turns, eight a round: the median of the rounds' ratios of throughput, with
 * the quartiles. Before that, how long each of them holds a call. On a busy machine only this is stable, because three
 * processes share the cores with others. `tsx bench/gateway.ts [rounds]`; 0: only the holding times. Exits with 1 if a
 * median against the relay is below its limit.
 */
type Case = { readonly name: string; readonly batch: number; readonly inFlight: number; readonly calls: number };
type Way = 'direct' | 'relay' | 'gateway' | 'recorded';

const cases: readonly Case[] = [
  { name: 'PutRecord serial', batch: 1, inFlight: 1, calls: 400 },
  { name: 'PutRecord 8 in flight', batch: 1, inFlight: 8, calls: 800 },
  { name: 'PutRecords of 100', batch: 100, inFlight: 1, calls: 120 },
];
/**
 * The lowest ratio on an engine. Against a server that answers at once, the ratio shows the cost of the gateway
 * itself; it is printed and has no limit.
 */
const limit = 0.95;
const rounds = Number(process.argv[2] ?? 11);
const stream = 'bench';
const Data = Buffer.alloc(180, 'x');
const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };

const load = async (client: KinesisClient, { batch, inFlight, calls }: Case): Promise<void> => {
  let left = calls;
  const Records = Array.from({ length: batch }, (_, index) => ({ PartitionKey: `key-${index}`, Data }));
  const one = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      if (batch === 1)
        await client.send(new PutRecordCommand({ StreamName: stream, PartitionKey: `key-${left % 20}`, Data }));
      else await client.send(new PutRecordsCommand({ StreamName: stream, Records }));
    }
  };
  await Promise.all(Array.from({ length: inFlight }, one));
};

const timed = async (work: () => Promise<void>): Promise<number> => {
  const before = performance.now();
  await work();
  return performance.now() - before;
};

const quantile = (values: readonly number[], at: number): number =>
  [...values].sort((a, b) => a - b)[Math.round((values.length - 1) * at)] ?? Number.NaN;

const clientOf = (endpoint: string): KinesisClient =>
  new KinesisClient({
    endpoint,
    region: 'us-east-1',
    credentials,
    // The server closes connections that idle while the others take their turns.
    maxAttempts: 3,
    requestHandler: new NodeHttpHandler({ httpAgent: new Agent({ keepAlive: true, noDelay: true, maxSockets: 256 }) }),
  });

const portOf = async (child: ChildProcess): Promise<string> => {
  const [port] = (await once(child, 'message')) as [number];
  return `http://127.0.0.1:${port}`;
};

const start = (file: string, args: readonly string[], more: readonly string[] = []): ChildProcess =>
  fork(new URL(file, import.meta.url), args, {
    execArgv: file.endsWith('.ts') ? ['--import', 'tsx'] : ['--expose-gc', ...more],
  });

type Added = { readonly request: number; readonly answer: number };

const addedBy = async (child: ChildProcess): Promise<Added> => {
  child.send('added');
  const [added] = (await once(child, 'message')) as [Added];
  return added;
};

/** Prints how long a call is held on its way, in both directions. Other load on the machine does not count. */
const added = async (one: Case): Promise<void> => {
  const engine = start('drive-server.ts', ['canned']);
  const direct = await portOf(engine);
  const told: string[] = [];
  for (const way of ['relay', 'gateway', 'recorded'] as const) {
    const child = start('gateway-between.mjs', [way, direct], ['--import', onTheWay]);
    const client = clientOf(await portOf(child));
    for (let round = 0; round < 4; round += 1) await load(client, one);
    const { request, answer } = await addedBy(child);
    told.push(`${way} ${(request + answer).toFixed(0)} µs (${request.toFixed(0)} and ${answer.toFixed(0)})`);
    client.destroy();
    child.kill();
  }
  engine.kill();
  console.log(`  ${one.name.padEnd(22)} ${told.join('  ')}`);
};

const onTheWay = new URL('on-the-way.mjs', import.meta.url).href;

/** Each way has this many turns in a round, so that other load on the machine affects all ways. */
const turns = 8;

/** The orders of the turns. Each way has each position equally often. */
const orders: readonly (readonly Way[])[] = [
  ['direct', 'relay', 'gateway', 'recorded'],
  ['recorded', 'direct', 'relay', 'gateway'],
  ['gateway', 'recorded', 'direct', 'relay'],
  ['relay', 'gateway', 'recorded', 'direct'],
];

const ratios = (times: readonly Record<Way, number>[], of: Way, to: Way): string => {
  const values = times.map((time) => time[to] / time[of]);
  return `${quantile(values, 0.5).toFixed(3)} [${quantile(values, 0.25).toFixed(3)}, ${quantile(values, 0.75).toFixed(3)}]`;
};

const measure = async (one: Case, clients: Record<Way, KinesisClient>, least: number): Promise<boolean> => {
  const times: Record<Way, number>[] = [];
  for (let round = -2; round < rounds; round += 1) {
    const time = { direct: 0, relay: 0, gateway: 0, recorded: 0 };
    for (let turn = 0; turn < turns; turn += 1)
      for (const way of orders[turn % orders.length] ?? [])
        time[way] += await timed(() => load(clients[way], { ...one, calls: one.calls / turns }));
    if (round >= 0) times.push(time);
  }
  const median = quantile(
    times.map(({ relay, gateway }) => relay / gateway),
    0.5,
  );
  const perCall = quantile(
    times.map(({ direct }) => direct / one.calls),
    0.5,
  );
  const told = [
    `gateway/relay ${ratios(times, 'gateway', 'relay')}`,
    `recorded/relay ${ratios(times, 'recorded', 'relay')}`,
    `recorded/direct ${ratios(times, 'recorded', 'direct')}`,
    `direct: ${perCall.toFixed(2)} ms a call${median < least ? '  BELOW' : ''}`,
  ];
  console.log(`  ${one.name.padEnd(22)} ${told.join('  ')}`);
  return median >= least;
};

const against = async (server: 'kinesis-local' | 'kinesalite' | 'canned'): Promise<boolean> => {
  const engine = start('drive-server.ts', [server]);
  const direct = await portOf(engine);
  const between = {
    relay: start('gateway-between.mjs', ['relay', direct]),
    gateway: start('gateway-between.mjs', ['gateway', direct]),
    recorded: start('gateway-between.mjs', ['recorded', direct]),
  };
  try {
    const clients = {
      direct: clientOf(direct),
      relay: clientOf(await portOf(between.relay)),
      gateway: clientOf(await portOf(between.gateway)),
      recorded: clientOf(await portOf(between.recorded)),
    };
    if (server !== 'canned') {
      const kinesis = createKinesis({ endpoint: direct, region: 'us-east-1', credentials, requestTimeoutMs: 15_000 });
      await kinesis.createStream({ name: stream, shards: 4, mode: 'PROVISIONED', tags: {} });
      await kinesis.waitActive(stream, 30_000);
      kinesis.close();
    }
    const told = server === 'canned' ? 'no limit' : `limit against the relay ${limit}`;
    console.log(`${server}: ratio of throughput, median of ${rounds} rounds [quartiles]; ${told}`);
    let isWithin = true;
    for (const one of casesOn(server))
      isWithin = (await measure(one, clients, server === 'canned' ? 0 : limit)) && isWithin;
    for (const client of Object.values(clients)) client.destroy();
    return isWithin;
  } finally {
    for (const child of [engine, ...Object.values(between)]) child.kill();
  }
};

/** kinesis-local takes seconds for a call of 100 records once its shards are full. */
const casesOn = (server: string): readonly Case[] =>
  server === 'kinesis-local' ? cases.filter(({ batch }) => batch === 1) : cases;

type Memory = { readonly records: number; readonly answered: number; readonly heapUsed: number; readonly rss: number };

const memoryOf = async (child: ChildProcess): Promise<Memory> => {
  child.send('memory');
  const [memory] = (await once(child, 'message')) as [Memory];
  return memory;
};

const mb = (bytes: number): string => (bytes / 1024 / 1024).toFixed(1);
/** Heap noise between two measurements, in MB. */
const flatMb = 8;

/** Sends a million records to a canned server. Compares the gateway's memory after the first tenth and at the end. */
const flat = async (): Promise<boolean> => {
  const engine = start('drive-server.ts', ['canned']);
  const gateway = start('gateway-between.mjs', ['gateway', await portOf(engine)]);
  try {
    const client = clientOf(await portOf(gateway));
    const some = (calls: number): Promise<void> => load(client, { name: '', batch: 500, inFlight: 4, calls });
    await some(200);
    const early = await memoryOf(gateway);
    await some(1800);
    const late = await memoryOf(gateway);
    client.destroy();
    const isFlat = late.heapUsed - early.heapUsed < flatMb * 1024 * 1024;
    const heaps = [early, late].map(({ heapUsed, records }) => `${mb(heapUsed)} MB after ${records} records`);
    console.log(
      `memory: heap ${heaps.join(', ')}; resident ${mb(early.rss)} MB, ${mb(late.rss)} MB${isFlat ? '' : '  NOT FLAT'}`,
    );
    return isFlat;
  } finally {
    engine.kill();
    gateway.kill();
  }
};

console.log(`node ${process.version}, ${cpus().length} cores, records of ${Data.length} bytes`);
console.log('held on its way, request and answer: lower decile of the calls, on the canned server; no limit');
for (const one of cases.filter(({ inFlight }) => inFlight === 1)) await added(one);
console.log(`load of the machine before the ratios: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores`);
const results =
  rounds === 0
    ? [true]
    : [await against('canned'), await against('kinesis-local'), await against('kinesalite'), await flat()];
console.log(`and after them: ${loadavg()[0]?.toFixed(1)}`);
process.exitCode = results.every(Boolean) ? 0 : 1;
