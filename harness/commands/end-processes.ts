import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { signalGroup } from '../lib/signal-group.ts';
import type { GracefulShutdown } from './graceful-shutdown.ts';
import { type FoundProcess, runProcesses } from './run-processes.ts';

export type EndOptions = { readonly child: ChildProcess; readonly id: string; readonly how: GracefulShutdown };

/** How long killed processes are awaited. They are gone at once, unless the kernel holds them. */
const killedMs = 1000;
const lookMs = 20;

/**
 * Ends the group, then every other process that carries the run's name: by the signal first, by SIGKILL at the
 * deadline. Returns what is left.
 */
export const endProcesses = async ({ child, id, how }: EndOptions): Promise<readonly FoundProcess[]> => {
  await ask(child, how.signal, how.timeoutMs);
  signalGroup(child, how.signal);
  const strays = await runProcesses(id);
  signalAll(strays, how.signal);
  if (await isGone(id, how.timeoutMs)) return [];
  signalGroup(child, 'SIGKILL');
  signalAll(await runProcesses(id), 'SIGKILL');
  return (await isGone(id, killedMs)) ? [] : runProcesses(id);
};

const ask = async (child: ChildProcess, signal: NodeJS.Signals, timeoutMs: number): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  signalGroup(child, signal);
  const late = new AbortController();
  await Promise.race([exited, sleep(timeoutMs, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
  if (child.exitCode !== null || child.signalCode !== null) return;
  signalGroup(child, 'SIGKILL');
  await exited;
};

const isGone = async (id: string, timeoutMs: number): Promise<boolean> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    if ((await runProcesses(id)).length === 0) return true;
    if (Date.now() >= deadline) return false;
    await sleep(lookMs);
  }
};

const signalAll = (found: readonly FoundProcess[], signal: NodeJS.Signals): void => {
  for (const { pid } of found) signalOne(pid, signal);
};

const signalOne = (pid: number, signal: NodeJS.Signals): void => {
  try {
    process.kill(pid, signal);
  } catch {
    return;
  }
};
