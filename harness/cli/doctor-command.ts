import Table from 'cli-table3';
import { systemClock } from '../lib/clock.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { print } from '../lib/print.ts';
import { unlessInterrupted } from '../lib/unless-interrupted.ts';
import { cacheFolder, loadConfig } from '../session/settings.ts';
import { startTarget } from '../session/start-target.ts';
import type { TargetFlags } from '../session/target-choice.ts';
import { findPython } from '../targets/find-python.ts';
import { isInstalled } from '../targets/install.ts';
import { lockOf, type PythonTool, pinned } from '../targets/install-lock.ts';
import { isKinesaliteThere } from '../targets/kinesalite.ts';
import { preflight } from '../targets/preflight.ts';
import type { RunningTarget } from '../targets/target.ts';
import { interruption } from './interrupt.ts';

/**
 * `doctor`: prints what is installed and what is missing; with --target or --endpoint, also what that target supports.
 * Rejects, with exit code 3, if the named target does not answer.
 */
export const doctorCommand = async (flags: TargetFlags & { readonly config?: string }): Promise<number> => {
  const config = await loadConfig(process.cwd(), flags.config);
  print.out(`${await installations()}\n`);
  if (flags.target === undefined && flags.endpoint === undefined) return 0;
  const { signal, dispose } = interruption();
  const clock = systemClock();
  let target: RunningTarget | undefined;
  try {
    target = await startTarget(flags, config, signal);
    print.out(`${await unlessInterrupted(abilities(target, clock.now() / 1000), signal)}\n`);
    return 0;
  } finally {
    await target?.stop();
    dispose();
  }
};

const tools = ['localstack', 'moto', 'ministack', 'cfn-lint'] as const satisfies readonly PythonTool[];

const installations = async (): Promise<string> => {
  const table = new Table({ head: ['what', 'state', 'to do'], style: { head: [], border: [] } });
  table.push(['Node.js', process.version, '']);
  table.push(['kinesis-local', 'comes with kinesis-order, needs no network', '']);
  table.push(['kinesalite', ...(await kinesaliteState())]);
  for (const tool of tools) table.push([`${tool} ${pinned[tool]}`, ...(await stateOf(tool))]);
  return table.toString();
};

const kinesaliteState = async (): Promise<readonly [string, string]> =>
  (await isKinesaliteThere(cacheFolder()))
    ? ['installed', '']
    : ['not installed; can be, by npm', 'the first run with it installs it'];

const stateOf = async (tool: PythonTool): Promise<readonly [string, string]> => {
  if (await isInstalled(tool, cacheFolder())) return ['installed', ''];
  try {
    const python = await findPython(tool, lockOf(tool).pythons);
    return [`not installed; can be, by ${python}`, `the first run with it installs it`];
  } catch (thrown) {
    return [messageOf(thrown), thrown instanceof HarnessError ? (thrown.hint ?? '') : ''];
  }
};

const abilities = async (target: RunningTarget, startedMs: number): Promise<string> => {
  const table = new Table({ head: [`${target.engine} ${target.version}`, ''], style: { head: [], border: [] } });
  table.push(['address', target.client.endpoint ?? `AWS, ${target.client.region}`]);
  if (target.exposed !== undefined)
    table.push(['not bound to this machine', `others on the network reach it at ${target.exposed}`]);
  table.push(['ready after', `${Math.round(startedMs)} ms`]);
  table.push(['waits are scaled by', String(target.slowness)]);
  for (const [ability, can] of Object.entries(target.capabilities)) table.push([ability, can ? 'yes' : 'no']);
  for (const { what, found } of (await preflight(target)).findings) table.push([what, found]);
  table.push(['known deviations', target.deviations.map(({ id }) => id).join('\n') || 'none']);
  return table.toString();
};
