import type { Clock } from '../../lib/clock.ts';
import type { LambdaEvent } from './lambda-event.ts';
import type { Outcome } from './read-answer.ts';
import type { ToldLine } from './told-line.ts';

/**
 * What Lambda calls an execution environment: a place of its own for the function, which handles one event at a time
 * and keeps its state between events. One that timed out, exited or was killed is replaced by a new one for the next
 * event, as Lambda does it. Source: docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html.
 */
export type Environment = {
  /** Starts it if it is not there. Rejects with a usage error where there is nothing to start. */
  readonly start: () => Promise<void>;
  /** One event, to its answer, its error or the deadline. Never rejects. */
  readonly invoke: (event: LambdaEvent) => Promise<Outcome>;
  readonly close: () => Promise<void>;
};

export type EnvironmentTools = {
  /** Lambda's own Timeout: "the amount of time that Lambda allows a function to run". */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called in the order of what the handler printed, and before its answer. */
  readonly onTold: (line: ToldLine, shard: string) => void;
  /** Whatever else it prints. */
  readonly onOutput: (chunk: string) => void;
  /** What a person should know. */
  readonly onTrouble: (text: string) => void;
  /** A program ended by itself, with its last words. */
  readonly onDeath: (text: string) => void;
};

/** In Lambda's words. */
export const timedOut = (timeoutMs: number): Outcome => ({
  ok: false,
  message: `Task timed out after ${(timeoutMs / 1000).toFixed(2)} seconds`,
});

/** Loading a module, or starting a program: Lambda allows 10 s; a machine that runs tests is slower. */
export const initMsMax = 30_000;
