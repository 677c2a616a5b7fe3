import { writeSync } from 'node:fs';
import { exitCodeOf, HarnessError } from '../lib/error.ts';

/**
 * Signals that end the process from outside: Ctrl-C, a kill, a closed terminal, Ctrl-\. This file imports nothing
 * heavy, because `main.ts` listens before it loads anything else: from then on the exit code is 130, whatever was
 * under way.
 */
const endingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** How long a verb may tear down after the first signal. */
const graceMs = 10_000;

type Guard = { readonly controller: AbortController; readonly hint: string };

/** Verbs that have something to tear down. While there is none, a signal ends the process at once. */
const guards = new Set<Guard>();
let hasCome = false;
let isListening = false;

/** Has a signal come? */
export const isInterrupted = (): boolean => hasCome;

/** Idempotent. The handlers stay until the process ends. */
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
  /** Nothing is left to tear down: from now on a signal ends the process at once. */
  readonly dispose: () => void;
};

/**
 * For a verb that tears down before it ends: the first signal aborts, the second one, or ten seconds, end the process.
 * `hint` says what may be left then.
 */
export const interruption = (hint = ''): Interruption => {
  listenForSignals();
  const guard = { controller: new AbortController(), hint };
  guards.add(guard);
  return { signal: guard.controller.signal, dispose: () => void guards.delete(guard) };
};

/**
 * A verb that a signal tells to go on to its end: the exit code is then its own. Only the second signal ends the
 * process at once.
 */
export const takeSignals = (onFirst: () => void, hint = ''): { readonly dispose: () => void } => {
  listenForSignals();
  let isTold = false;
  const mine = (signal: NodeJS.Signals): void => {
    if (isTold) leave(`interrupted again (${signal}), stopped at once${hint === '' ? '' : `: ${hint}`}`);
    isTold = true;
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

/** Written at once: what is still in a pipe when the process ends is lost. */
const leave = (why: string): never => {
  hasCome = true;
  const hints = [...guards].map(({ hint }) => hint).filter((hint) => hint !== '');
  try {
    writeSync(2, `kinesis-order: ${[why, ...hints].join(': ')}\n`);
  } finally {
    process.exit(exitCodeOf.interrupted);
  }
};
