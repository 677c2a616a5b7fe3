import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { HarnessError } from '../lib/error.ts';
import { signalGroup } from '../lib/signal-group.ts';
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
  /** The file that keeps its output. */
  readonly logFile: string;
  readonly gracefulShutdown: GracefulShutdown;
  /** Called with its output, unchanged, as it comes. If this returns a promise, the program waits for it. */
  readonly onOutput: (chunk: Buffer, from: OutputOf) => void | Promise<void>;
  /** Opens file descriptor 3 for the program. What the program writes there is output, too, but is not kept. */
  readonly hasFd3?: boolean;
  /** `pipe`: records are written to its standard input. */
  readonly stdin: 'inherit' | 'pipe' | 'ignore';
};

/** The stream that an output came from. */
export type OutputOf = 'stdout' | 'stderr' | 'fd3';

/** How a command ended; `isOurs`: this tool ended it. */
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
  /** Ends it and all that it started. Returns the processes that could not be ended. */
  readonly end: () => Promise<readonly FoundProcess[]>;
};

const linesMax = 20;
const tailBytes = 64 * 1024;
/** Output beyond this is not kept. */
const logBytesMax = 256 * 1024 * 1024;
const logCut = Buffer.from('\n(kinesis-order: the rest is not kept)\n');
/** How long the unread output of an ended program is awaited. */
const closeMs = 2000;
const running = new Set<ChildProcess>();

/**
 * Ends the commands when this process ends, however it ends. Registered with the first command, because loading many
 * scenarios may evaluate this module many times.
 */
const endWithProcess = (): void => {
  if (isListening) return;
  isListening = true;
  process.on('exit', () => {
    for (const child of running) signalGroup(child, 'SIGKILL');
  });
};
let isListening = false;

/** Starts a command in its own process group. Rejects with HarnessError('usage') if there is no such command. */
export const startCommand = async (options: CommandOptions): Promise<RunningCommand> => {
  endWithProcess();
  const [command, ...args] = options.run;
  const child = spawn(command, args, {
    env: options.env,
    detached: true,
    stdio: [options.stdin, 'pipe', 'pipe', ...(options.hasFd3 === true ? (['pipe'] as const) : [])],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  await once(child, 'spawn').catch((thrown: unknown) => Promise.reject(notStarted(command, options.cwd, thrown)));
  running.add(child);
  const tail = keepOutput(child, options);
  let isOurs = false;
  const closed = once(child, 'close').then(() => undefined);
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
    forward: (signal) => signalGroup(child, signal),
    end: async () => {
      if (child.exitCode === null && child.signalCode === null) isOurs = true;
      const left = await endProcesses({ child, id: options.id, how: options.gracefulShutdown });
      await soon(closed, closeMs);
      for (const output of outputsOf(child)) output.stream.destroy();
      return left;
    },
  };
};

const soon = async (work: Promise<void>, ms: number): Promise<void> => {
  const late = new AbortController();
  await Promise.race([work, sleep(ms, undefined, { signal: late.signal }).catch(() => undefined)]);
  late.abort();
};

const notStarted = (command: string, cwd: string | undefined, thrown: unknown): HarnessError => {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : String(thrown);
  const why = code === 'ENOENT' ? `there is no command ${JSON.stringify(command)}` : `${command}: ${code}`;
  return new HarnessError('usage', why, {
    hint: `it is looked for on PATH${cwd === undefined ? '' : `, in ${cwd}`}; what stands behind -- is started without a shell: for one, say -- sh -c '…'`,
    cause: thrown,
  });
};

const outputsOf = (child: ChildProcess): readonly { readonly from: OutputOf; readonly stream: Readable }[] => {
  const streams = [child.stdout, child.stderr, child.stdio[3]];
  const names = ['stdout', 'stderr', 'fd3'] as const;
  return names.flatMap((from, index) => {
    const stream = streams[index];
    return stream instanceof Readable ? [{ from, stream }] : [];
  });
};

const keepOutput = (child: ChildProcess, { logFile, onOutput }: CommandOptions): (() => string) => {
  const log = logOf(logFile);
  let tail = '';
  for (const { from, stream } of outputsOf(child)) {
    stream.on('data', (chunk: Buffer) => {
      const heard = onOutput(chunk, from);
      const kept = from === 'fd3' ? undefined : log.write(chunk);
      if (from !== 'fd3') tail = (tail + chunk.toString('utf8')).slice(-tailBytes);
      if (heard === undefined && kept === undefined) return;
      stream.pause();
      void Promise.allSettled([Promise.resolve(heard), Promise.resolve(kept)]).then(() => stream.resume());
    });
  }
  child.once('close', log.end);
  return () => tail;
};

const logOf = (path: string) => {
  const file = createWriteStream(path);
  let left = logBytesMax;
  // A full disk must not end the user's program. The history reports the disk.
  file.on('error', () => {
    left = 0;
  });
  return {
    write: (chunk: Buffer): Promise<void> | undefined => {
      if (left <= 0) return undefined;
      left -= chunk.length;
      const isReady = file.write(left > 0 ? chunk : Buffer.concat([chunk, logCut]));
      return isReady ? undefined : Promise.race([once(file, 'drain'), once(file, 'close')]).then(() => undefined);
    },
    end: (): void => void file.end(),
  };
};
