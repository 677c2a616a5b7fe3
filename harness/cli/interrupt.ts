import { writeSync } from 'node:fs';
import { exitCodeOf, HarnessError } from '../lib/error.ts';

/**
 * The signals that end a run: Ctrl-C, a kill, a closed terminal, Ctrl-\. This file imports nothing heavy, because
 * `main.ts` registers the handlers before it loads anything else. From then on the exit code is 130, whatever was
 * running.
 */
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** How long a verb may tear down after the first signal. */
const graceMs = 10_000;

type Guard = { readonly controller: AbortController; readonly hint: string };

/** The verbs that have something to tear down. If there is none, a signal ends the process at once. */
const guards = new Set<Guard>();
let hasCome = false;
let isListening = false;

/** True once a signal has come. */
export const isInterrupted = (): boolean => hasCome;

/** Registers the signal handlers, once. They stay until the process ends. */
export const listenForSignals = (): void => {
  if (isListening) return;
  isListening = true;
  for (const signal of endingSignals) process.on(signal, () => interrupt(signal));
  process.on('exit', () => {
    if (isInterrupted()) process.exitCode = exitCodeOf.interrupted;
  });
};

export type Interruption = {
  /** Aborts with HarnessError('interrupted') at the first signal. */
  readonly signal: AbortSignal;
  /** Call it when nothing is left to tear down. From then on, a signal ends the process at once. */
  readonly dispose: () => void;
};

/**
 * For a verb that tears down before it ends. The first signal aborts. The second signal, or ten seconds after the
 * first, ends the process. `hint` says what may then be left.
 */
export const interruption = (hint = ''): Interruption => {
  listenForSignals();
  const guard = { controller: new AbortController(), hint };
  guards.add(guard);
  return { signal: guard.controller.signal, dispose: () => void guards.delete(guard) };
};

/**
 * For a verb that finishes its work after a signal, with its own exit code. Only the second signal ends the process
 * at once.
 */
export const takeSignals = (onFirst: () => void, hint = ''): { readonly dispose: () => void } => {
  listenForSignals();
  let isInterrupted = false;
  const mine = (signal: NodeJS.Signals): void => {
    if (isInterrupted) leave(`interrupted again (${signal}), stopped at once${hint === '' ? '' : `: ${hint}`}`);
    isInterrupted = true;
    onFirst();
  };
  taker = mine;
  return {
    dispose: () => {
      if (taker === mine) taker = undefined;
    },
  };
};

let taker: ((signal: NodeJS.Signals) => void) | undefined;

const interrupt = (signal: NodeJS.Signals): void => {
  if (taker !== undefined) return taker(signal);
  if (guards.size === 0) leave(`interrupted (${signal})`);
  if (hasCome) leave(`interrupted again (${signal}), stopped at once`);
  hasCome = true;
  setTimeout(() => leave(`not ended ${graceMs / 1000} s after ${signal}, stopped at once`), graceMs).unref();
  for (const { controller } of guards) controller.abort(new HarnessError('interrupted', `interrupted (${signal})`));
};

/**
 * Ends the process with a message. The message is written synchronously, because output that is still in a pipe when
 * the process ends is lost.
 */
const leave = (why: string): never => {
  hasCome = true;
  const hints = [...guards].map(({ hint }) => hint).filter((hint) => hint !== '');
  try {
    writeSync(2, `kinesis-order: ${[why, ...hints].join(': ')}\n`);
  } finally {
    process.exit(exitCodeOf.interrupted);
  }
};
