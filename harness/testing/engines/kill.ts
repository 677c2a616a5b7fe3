import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkHistory } from '../../judging/check-history.ts';
import { createKinesis } from '../../kinesis/create-kinesis.ts';
import { systemClock } from '../../lib/clock.ts';
import { messageOf } from '../../lib/error.ts';
import { isKeyOf } from '../../lib/is-key-of.ts';
import { seededRandom } from '../../lib/random.ts';
import { findLeftovers } from '../../provision/clean.ts';
import { findStacks } from '../../provision/clean-stacks.ts';
import { openStacks } from '../../provision/stacks.ts';
import { cacheFolder } from '../../session/settings.ts';
import { targets } from '../../targets/registry.ts';
import type { RunningTarget } from '../../targets/target.ts';

/**
 * `npm run test:kill [-- engine [kills [seed]]]`: kills runs with SIGKILL at random points, then cleans. Fails if
 * anything is left: on the engine, in the folder (a temporary file, a history that cannot be judged), or of processes.
 * The points are spread over the measured length of a run, so that some lie before the stack, some in the load and
 * some in the tear-down. Every second run starts its own engine, which must end with it.
 */
const main = async ([name = 'localstack', kills = '30', seed = '1']: readonly string[]): Promise<number> => {
  if (!isKeyOf(targets, name)) throw new Error(`there is no target ${name}`);
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-kill-'));
  const target = await targets[name].start({ region: 'us-east-1', cacheFolder: cacheFolder() });
  try {
    const clock = systemClock();
    await runAndKill(whereOf(target), folder, undefined);
    const wholeMs = clock.now() / 1000;
    const random = seededRandom(`kill/${seed}`);
    let left = 0;
    for (let kill = 0; kill < Number(kills); kill += 1) {
      const own = ['--target', kill % 4 < 2 ? 'kinesis-local' : 'kinesalite'];
      await runAndKill(kill % 2 === 0 ? whereOf(target) : own, folder, Math.floor(random.next() * wholeMs));
      left += (await leftOn(target)) > 0 ? 1 : 0;
    }
    const wrong = [...(await wrongFiles(folder)), ...(await orphans())];
    for (const words of wrong) process.stderr.write(`${words}\n`);
    await cli(['clean', ...whereOf(target), '--yes']).ended;
    const remains = await leftOn(target);
    process.stderr.write(
      `${name}: ${kills} runs killed within ${Math.round(wholeMs)} ms, seed ${seed}; leftovers were seen after ${left} kills, ${remains} are there after clean; ${wrong.length} files and processes are wrong\n`,
    );
    return remains === 0 && wrong.length === 0 ? 0 : 1;
  } finally {
    await target.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

const whereOf = ({ name, client }: RunningTarget): readonly string[] => [
  '--target',
  ['kinesis-local', 'kinesalite'].includes(name) ? 'endpoint' : name,
  '--endpoint',
  client.endpoint ?? '',
];

const cli = (args: readonly string[]) => {
  const entry = fileURLToPath(new URL('../../main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...args], { stdio: 'ignore' });
  return { child, ended: once(child, 'exit') };
};

const runAndKill = async (where: readonly string[], folder: string, afterMs: number | undefined): Promise<void> => {
  const { child, ended } = cli(['run', 'scenarios/put-records.scenario.ts', ...where, '--out', folder]);
  const timer = afterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), afterMs);
  await ended;
  clearTimeout(timer);
};

/**
 * Files that are wrong after a kill. The beginning of a history is judged as one that was cut short; a temporary file
 * is wrong.
 */
const wrongFiles = async (folder: string): Promise<readonly string[]> => {
  const files = await readdir(folder, { recursive: true });
  const drafts = files.filter((file) => file.endsWith('.tmp')).map((file) => `temporary file ${file}`);
  const wrong: string[] = [];
  for (const file of files.filter((one) => one.endsWith('.ndjson') && !one.includes('witness'))) {
    const { verdict } = await checkHistory(join(folder, file)).catch((thrown: unknown) => ({
      verdict: messageOf(thrown),
    }));
    if (verdict !== 'unknown' && verdict !== 'holds') wrong.push(`history ${file}: ${verdict}`);
  }
  return [...drafts, ...wrong];
};

const orphanMs = 10_000;

/** Keepers and engines whose run is gone: their parent is process 1. */
const abandoned = (): readonly string[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter(
      (row) => /^\s*\d+\s+1\s/.test(row) && /die-with-parent|kinesalite-server|kinesis-local\/main\.js/.test(row),
    );

const before = new Set(abandoned());

/** Processes that do not end within ten seconds after their run was killed. */
const orphans = async (): Promise<readonly string[]> => {
  const clock = systemClock();
  for (;;) {
    const found = abandoned().filter((row) => !before.has(row));
    if (found.length === 0 || clock.now() / 1000 > orphanMs) return found.map((row) => `orphan ${row.trim()}`);
    await clock.sleep(200);
  }
};

const leftOn = async (target: RunningTarget): Promise<number> => {
  const kinesis = createKinesis(target.client);
  const stacks = openStacks(target.client);
  try {
    const made = target.capabilities.cloudformation ? (await findStacks(stacks)).length : 0;
    return made + (await findLeftovers(kinesis)).length;
  } finally {
    stacks.close();
    kinesis.close();
  }
};

process.exitCode = await main(process.argv.slice(2));
