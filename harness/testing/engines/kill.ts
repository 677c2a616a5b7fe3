import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createKinesis } from '../../kinesis/create-kinesis.ts';
import { systemClock } from '../../lib/clock.ts';
import { isKeyOf } from '../../lib/is-key-of.ts';
import { seededRandom } from '../../lib/random.ts';
import { findLeftovers } from '../../provision/clean.ts';
import { findStacks } from '../../provision/clean-stacks.ts';
import { openStacks } from '../../provision/stacks.ts';
import { cacheFolder } from '../../session/settings.ts';
import { targets } from '../../targets/registry.ts';
import type { RunningTarget } from '../../targets/target.ts';

/**
 * `npm run test:kill [-- engine [kills [seed]]]`: kills runs outright at random points, then cleans, and fails when
 * anything is left on the engine. The points are spread over the whole of a run by its measured length, so that some
 * lie before the stack, some in the load and some in the tear-down.
 */
const main = async ([name = 'localstack', kills = '20', seed = '1']: readonly string[]): Promise<number> => {
  if (!isKeyOf(targets, name)) throw new Error(`there is no target ${name}`);
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-kill-'));
  const target = await targets[name].start({ region: 'us-east-1', cacheFolder: cacheFolder() });
  try {
    const clock = systemClock();
    await runAndKill(target, folder, undefined);
    const wholeMs = clock.now() / 1000;
    const random = seededRandom(`kill/${seed}`);
    let left = 0;
    for (let kill = 0; kill < Number(kills); kill += 1) {
      await runAndKill(target, folder, Math.floor(random.next() * wholeMs));
      left += (await leftOn(target)) > 0 ? 1 : 0;
    }
    await cli(['clean', ...whereOf(target), '--yes']).ended;
    const remains = await leftOn(target);
    process.stderr.write(
      `${name}: ${kills} runs killed within ${Math.round(wholeMs)} ms; leftovers were seen after ${left} kills, ${remains} are there after clean\n`,
    );
    return remains === 0 ? 0 : 1;
  } finally {
    await target.stop();
    await rm(folder, { recursive: true, force: true });
  }
};

const whereOf = ({ name, client }: RunningTarget): readonly string[] => [
  '--target',
  name,
  '--endpoint',
  client.endpoint ?? '',
];

const cli = (args: readonly string[]) => {
  const entry = fileURLToPath(new URL('../../main.ts', import.meta.url));
  const child = spawn(process.execPath, ['--import', 'tsx', entry, ...args], { stdio: 'ignore' });
  return { child, ended: once(child, 'exit') };
};

const runAndKill = async (target: RunningTarget, folder: string, afterMs: number | undefined): Promise<void> => {
  const { child, ended } = cli(['run', 'scenarios/put-records.scenario.ts', ...whereOf(target), '--out', folder]);
  const timer = afterMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), afterMs);
  await ended;
  clearTimeout(timer);
};

const leftOn = async (target: RunningTarget): Promise<number> => {
  const kinesis = createKinesis(target.client);
  const stacks = openStacks(target.client);
  try {
    return (await findStacks(stacks)).length + (await findLeftovers(kinesis)).length;
  } finally {
    stacks.close();
    kinesis.close();
  }
};

process.exitCode = await main(process.argv.slice(2));
