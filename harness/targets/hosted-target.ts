import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../lib/error.ts';
import type { HostAnswer, HostedTarget, HostRequest } from './target-host.ts';

/** A target in a process of its own: whatever happens to the engine, this process lives. */
export type Hosted = HostedTarget & { readonly stop: () => Promise<void> };

const stopDeadlineMs = 5_000;

export const hostTarget = async (request: HostRequest): Promise<Hosted> => {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  const child = fork(fileURLToPath(new URL(`./target-host.${ending}`, import.meta.url)), {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let words = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    words = `${words}${chunk.toString()}`.slice(-2_000);
  });
  const answer = await answerOf(child, request);
  if (answer === undefined) {
    throw new HarnessError('target', `${request.target} ended while it started: ${words.trim() || 'it said nothing'}`);
  }
  if (answer.ok) return { ...answer.running, stop: () => stop(child) };
  await stop(child);
  throw new HarnessError(answer.code, answer.message, answer.hint === undefined ? {} : { hint: answer.hint });
};

const answerOf = (child: ChildProcess, request: HostRequest): Promise<HostAnswer | undefined> =>
  new Promise((resolve) => {
    child.once('message', (message) => resolve(message as HostAnswer));
    child.once('exit', () => resolve(undefined));
    child.once('error', () => resolve(undefined));
    child.send(request);
  });

const stop = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  if (child.connected) child.disconnect();
  const timer = setTimeout(() => child.kill('SIGKILL'), stopDeadlineMs);
  await exited;
  clearTimeout(timer);
};
