import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { HarnessError } from '../lib/error.ts';
import type { Env } from './command-env.ts';
import { endProcesses } from './end-processes.ts';
import type { GracefulShutdown } from './graceful-shutdown.ts';
import type { FoundProcess } from './run-processes.ts';

export type CommandOptions = {
  readonly run: readonly [command: string, ...args: string[]];
  readonly env: Env;
  readonly cwd?: string;
  /** The KINESIS_ORDER_RUN of its environment. */
  readonly id: string;
  /** All that it prints is kept here. */
  readonly logFile: string;
  readonly gracefulShutdown: GracefulShutdown;
  /** What it prints, unchanged, as it comes. */
  readonly onOutput: (chunk: Buffer, from: 'stdout' | 'stderr') => void;
  /** `pipe`: records are handed to it. */
  readonly stdin: 'inherit' | 'pipe' | 'ignore';
};

/** How a command ended; `isOurs`: it was told to. */
export type CommandEnd = {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly isOurs: boolean;
};

export type RunningCommand = {
  readonly pid: number;
  readonly stdin: NodeJS.WritableStream | undefined;
  readonly exited: Promise<CommandEnd>;
  /** The last lines that it printed. */
  readonly lastLines: () => readonly string[];
  readonly forward: (signal: NodeJS.Signals) => void;
  /** Ends it and all that it started; answers what could not be ended. */
  readonly end: () => Promise<readonly FoundProcess[]>;
};

const linesMax = 20;
const tailBytes = 64 * 1024;
const running = new Set<ChildProcess>();

/** Whatever ends this process ends the commands that it started. */
process.on('exit', () => {
  for (const child of running) killGroup(child, 'SIGKILL');
});

/** Starts a command in a process group of its own. Rejects where there is no such command. */
export const startCommand = async (options: CommandOptions): Promise<RunningCommand> => {
  const [command, ...args] = options.run;
  const child = spawn(command, args, {
    env: options.env,
    detached: true,
    stdio: [options.stdin, 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  await once(child, 'spawn').catch((thrown: unknown) => Promise.reject(notStarted(command, options.cwd, thrown)));
  running.add(child);
  const tail = keepOutput(child, options);
  let isOurs = false;
  const exited = new Promise<CommandEnd>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      resolve({ code, signal, isOurs });
    });
  });
  return {
    pid: child.pid ?? 0,
    stdin: child.stdin ?? undefined,
    exited,
    lastLines: () =>
      stripVTControlCharacters(tail())
        .split(/\r?\n/)
        .filter((line) => line !== '')
        .slice(-linesMax),
    forward: (signal) => killGroup(child, signal),
    end: async () => {
      if (child.exitCode === null && child.signalCode === null) isOurs = true;
      const left = await endProcesses({ child, id: options.id, how: options.gracefulShutdown });
      child.stdout?.destroy();
      child.stderr?.destroy();
      return left;
    },
  };
};

const notStarted = (command: string, cwd: string | undefined, thrown: unknown): HarnessError => {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
  const why = code === 'ENOENT' ? `there is no command ${JSON.stringify(command)}` : `${command}: ${code}`;
  return new HarnessError('usage', why, {
    hint: `it is looked for on PATH${cwd === undefined ? '' : `, in ${cwd}`}; what stands behind -- is started without a shell: for one, say -- sh -c '…'`,
    cause: thrown,
  });
};

const keepOutput = (child: ChildProcess, { logFile, onOutput }: CommandOptions): (() => string) => {
  const file = createWriteStream(logFile);
  // A full disk does not end the program of somebody: the history says so itself.
  file.on('error', () => undefined);
  let tail = '';
  for (const from of ['stdout', 'stderr'] as const) {
    child[from]?.on('data', (chunk: Buffer) => {
      onOutput(chunk, from);
      file.write(chunk);
      tail = (tail + chunk.toString('utf8')).slice(-tailBytes);
    });
  }
  child.once('close', () => file.end());
  return () => tail;
};

export const killGroup = (child: ChildProcess, signal: NodeJS.Signals): void => {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
};
