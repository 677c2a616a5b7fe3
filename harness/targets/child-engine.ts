import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { HarnessError } from '../lib/error.ts';
import { signalGroup } from '../lib/signal-group.ts';
import { endOrphans } from './end-orphans.ts';
import { engineEnv } from './engine-env.ts';

export type ChildEngine = {
  readonly pid: number;
  /** The end of its output, at most 4,000 characters. Every error about an engine quotes it. */
  readonly words: () => string;
  /** How it ended; undefined while it runs. */
  readonly exit: () => string | undefined;
  readonly exited: Promise<string>;
  readonly stop: () => Promise<void>;
};

export type ChildOptions = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd?: string;
};

const wordsMax = 4000;
/** How long the keeper may take to kill the engine and all that it started. Then the keeper itself is killed. */
const stopMs = 3000;
const running = new Set<ChildProcess>();

/** Ends the engines however this process ends. An orphan would keep answering on its port. */
process.on('exit', () => {
  for (const child of running) child.stdin?.destroy();
});

/**
 * Starts an engine behind a keeper, a small process that reads a pipe from this process. If this process is killed,
 * the pipe closes, and the keeper kills the engine.
 */
export const startChild = ({ name, command, args, env, cwd }: ChildOptions): ChildEngine => {
  const keeper = fileURLToPath(new URL('./die-with-parent.mjs', import.meta.url));
  const child = spawn(process.execPath, [keeper, command, ...args], {
    env: { ...engineEnv(), ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    ...(cwd === undefined ? {} : { cwd }),
  });
  if (child.pid === undefined)
    throw new HarnessError('target', `${name} could not be started: ${command} was not found`);
  running.add(child);
  let words = '';
  let exit: string | undefined;
  const hear = (chunk: Buffer): void => {
    words = `${words}${chunk.toString('utf8')}`.slice(-wordsMax);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  child.stdin.on('error', () => undefined);
  const exited = new Promise<string>((resolve) => {
    child.once('exit', (code, signal) => {
      running.delete(child);
      // If the keeper was killed, its engine is still running.
      if (signal !== null) endOrphans(child.pid);
      exit = signal === null ? `exit code ${code}` : signal;
      resolve(exit);
    });
  });
  child.unref();
  return {
    pid: child.pid,
    words: () => words.trim(),
    exit: () => exit,
    exited,
    stop: async () => {
      if (exit !== undefined) return;
      // Keeps this process alive until the engine has ended.
      child.ref();
      child.stdin.destroy();
      // Nothing has to be saved, because the streams were ours.
      const late = setTimeout(() => signalGroup(child, 'SIGKILL'), stopMs);
      await exited;
      clearTimeout(late);
    },
  };
};
