import type { Clock } from '../../lib/clock.ts';
import type { HandlerLine } from './handler-line.ts';
import type { LambdaEvent } from './lambda-event.ts';
import type { Outcome } from './read-answer.ts';

/**
 * Lambda's execution environment: a process or thread for the function, which handles one event at a time and keeps
 * its state between events. As on Lambda, an environment that timed out, exited or was killed is replaced for the next
 * event. Source: docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html.
 */
export type Environment = {
  /**
   * Starts the environment if it is not running. Rejects with HarnessError('usage') if the module cannot be used, or
   * there is no such command.
   */
  readonly start: () => Promise<void>;
  /** Handles one event, until its answer, its error or the deadline. Never rejects. */
  readonly invoke: (event: LambdaEvent) => Promise<Outcome>;
  readonly close: () => Promise<void>;
};

export type EnvironmentTools = {
  /** Lambda's own Timeout: "the amount of time that Lambda allows a function to run". */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called in the order in which the handler printed the lines, and before its answer. */
  readonly onHandlerLine: (line: HandlerLine, shard: string) => void;
  /** Called with all output of the handler, in chunks. */
  readonly onOutput: (chunk: string) => void;
  /** A note for the user. */
  readonly onTrouble: (text: string) => void;
  /** Called when a program ended by itself, with its last lines. */
  readonly onDeath: (text: string) => void;
};

/** The outcome of a timeout, in Lambda's words. */
export const timedOut = (timeoutMs: number): Outcome => ({
  ok: false,
  message: `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
});

/** How long a module may take to load. Lambda allows 10 s; a machine that runs tests is slower. */
export const initMsMax = 30_000;
