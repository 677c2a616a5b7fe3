import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  CreateStreamCommand,
  DescribeStreamSummaryCommand,
  KinesisClient,
  PutRecordCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { recordKinesis } from '../harness/middleware/index.ts';
import { median } from './median.ts';

/**
 * What `recordKinesis` costs: serial PutRecord of a recorded client and of one that is not, to kinesalite in its own
 * process. Both take turns; ratios are medians over all turns. `npx tsx bench/middleware.ts [turns] [ms]`; `ms`: the
 * delay of each call, as if the engine were far away.
 */
const turns = Number(process.argv[2] ?? 30);
const awayMs = Number(process.argv[3] ?? 0);
const callsPerTurn = 100;

class Away extends NodeHttpHandler {
  override async handle(...call: Parameters<NodeHttpHandler['handle']>): ReturnType<NodeHttpHandler['handle']> {
    if (awayMs > 0) await wait(awayMs);
    return super.handle(...call);
  }
}

const server = fork(fileURLToPath(new URL('drive-server.ts', import.meta.url)), ['kinesalite'], {
  execArgv: ['--import', import.meta.resolve('tsx')],
});
const [port] = (await once(server, 'message')) as [number];
const made = (): KinesisClient =>
  new KinesisClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    // kinesalite has no HTTP/2.
    requestHandler: new Away(),
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  });

const stream = 'orders';
const [bare, watched] = [made(), made()];
await bare.send(new CreateStreamCommand({ StreamName: stream, ShardCount: 1 }));
for (let status = ''; status !== 'ACTIVE'; ) {
  const { StreamDescriptionSummary: summary } = await bare.send(
    new DescribeStreamSummaryCommand({ StreamName: stream }),
  );
  status = summary?.StreamStatus ?? '';
}
const out = await mkdtemp(join(tmpdir(), 'kinesis-order-bench-'));
const recording = recordKinesis(watched, { id: 'json:/n', out, question: 'service' });

let n = 0;
const turn = async (client: KinesisClient): Promise<{ readonly cpu: number; readonly wall: number }> => {
  const began = performance.now();
  const before = process.cpuUsage();
  for (let call = 0; call < callsPerTurn; call += 1) {
    n += 1;
    const data = Buffer.from(JSON.stringify({ n, text: 'x'.repeat(200) }));
    await client.send(new PutRecordCommand({ StreamName: stream, PartitionKey: `key-${n % 10}`, Data: data }));
  }
  const { user, system } = process.cpuUsage(before);
  return { cpu: (user + system) / callsPerTurn, wall: ((performance.now() - began) * 1000) / callsPerTurn };
};

for (let warm = 0; warm < 4; warm += 1) for (const client of [bare, watched]) await turn(client);
const pairs: { readonly cpu: number; readonly wall: number; readonly bareCpu: number; readonly bareWall: number }[] =
  [];
for (let round = 0; round < turns; round += 1) {
  const first = round % 2 === 0 ? bare : watched;
  const [one, other] = [await turn(first), await turn(first === bare ? watched : bare)];
  const [a, b] = first === bare ? [one, other] : [other, one];
  pairs.push({ cpu: b.cpu / a.cpu, wall: b.wall / a.wall, bareCpu: a.cpu, bareWall: a.wall });
}
const of = (pick: (pair: (typeof pairs)[number]) => number): number => median(pairs.map(pick));
process.stdout.write(
  `recordKinesis, serial PutRecord to kinesalite, ${turns} turns of ${callsPerTurn}: ` +
    `time ${of(({ wall }) => wall).toFixed(3)} of the bare client (${Math.round(of((p) => p.bareWall))} µs a call), ` +
    `CPU ${of(({ cpu }) => cpu).toFixed(3)} (${Math.round(of((p) => p.bareCpu))} µs a call)\n`,
);
void recording;
server.kill();
await rm(out, { recursive: true, force: true });
process.exit(0);
