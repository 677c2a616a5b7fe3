import { appendFile, mkdir, readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { kinesalite } from '../../targets/kinesalite.ts';
import { kinesisLocal } from '../../targets/kinesis-local.ts';
import { type Engine, type KeepingRun, keepingRun, scenesOf } from '../adversary/keeping-run.ts';
import { keepingSummary } from '../adversary/keeping-summary.ts';

/**
 * Shows that legal faults alone break no promise to a client that keeps order: `npm run soak:adversary -- --engine
 * kinesalite --runs 10000 --at-once 3 --minutes 60`. Each run is a line of the file, and a later call continues after
 * the seeds in it. Exits with 1 if a run is not proved to hold.
 */
const { values } = parseArgs({
  options: {
    engine: { type: 'string', default: 'kinesalite' },
    runs: { type: 'string', default: '100' },
    from: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '3' },
    minutes: { type: 'string', default: '600' },
    out: { type: 'string', default: '.cache/adversary.ndjson' },
  },
});
const targets = { kinesalite, 'kinesis-local': kinesisLocal } as const;
if (!(values.engine in scenesOf)) throw new Error(`--engine: ${Object.keys(scenesOf).join(' or ')}`);
const engine = values.engine as Engine;
const until = performance.now() + Number(values.minutes) * 60_000;

/** The runs in the file. The last line of a seed counts, because a run that a deadline cut short is repeated. */
const read = async (): Promise<readonly KeepingRun[]> => {
  const text = await readFile(values.out, 'utf8').catch(() => '');
  const runs = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as KeepingRun);
  return [...new Map(runs.map((run) => [`${run.engine} ${run.seed}`, run])).values()];
};

const folder = resolve(dirname(values.out), `adversary-${engine}`);
await mkdir(folder, { recursive: true });
const doneIn = (runs: readonly KeepingRun[]): ReadonlySet<number> =>
  new Set(runs.flatMap((run) => (run.engine === engine && run.verdict !== 'unknown' ? [run.seed] : [])));
const done = doneIn(await read());
const first = Number(values.from);
const seeds = Array.from({ length: Number(values.runs) }, (_, index) => first + index).filter(
  (seed) => !done.has(seed),
);

const started = await targets[engine].start({ region: 'us-east-1', cacheFolder: resolve('.cache') });
// Long deadlines, because it runs beside other work: answers that are late on a busy machine are not lost.
const target = { ...started, slowness: 60, client: { ...started.client, requestTimeoutMs: 120_000 } };
let isStopped = false;
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (isStopped = true));
const worker = async (): Promise<void> => {
  while (!isStopped && performance.now() < until) {
    const seed = seeds.shift();
    if (seed === undefined) return;
    const run = await keepingRun(engine, seed, { target, folder });
    await appendFile(values.out, `${JSON.stringify(run)}\n`);
    if (run.verdict !== 'holds') process.stdout.write(`${JSON.stringify(run)}\n`);
  }
};
const cpu = process.cpuUsage();
try {
  await Promise.all(Array.from({ length: Number(values['at-once']) }, worker));
} finally {
  await target.stop();
}
const { user, system } = process.cpuUsage(cpu);
const all = await read();
const ran = doneIn(all).size - done.size;
process.stdout.write(`${ran} more runs, ${Math.round((user + system) / 1000 / Math.max(1, ran))} ms CPU each\n`);
for (const line of keepingSummary(all)) process.stdout.write(`${line}\n`);
process.exitCode = all.every(({ verdict }) => verdict === 'holds') ? 0 : 1;
