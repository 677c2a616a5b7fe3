import type { Env } from '../commands/command-env.ts';
import type { CommandPlace } from '../commands/command-place.ts';

/**
 * A program's way to the stream: a port of the gateway of its own, so that what comes through it is this producer's.
 */
export type Door = CommandPlace & {
  readonly bundle: string | undefined;
  /** Resolves with the first request that comes through it. */
  readonly firstCall: Promise<void>;
  /** Credentials and region by which an emulator finds the stream; empty on AWS. */
  readonly env: Env;
  /** The KINESIS_ORDER_RUN of its processes. */
  readonly id: string;
  /** Where what it prints is kept. */
  readonly logFile: string;
};

/** A record that was handed over to a program; `due` of its put is now, where that is not said. */
export type HandedRecord = { readonly key: string; readonly n: number; readonly due?: number };

/** How programs are told of the run, and tell of themselves. */
export type ProgramTools = {
  /** Undefined where no gateway stands before the engine. */
  readonly door?: () => Promise<Door>;
  /** Called when a record is handed over, before it is. */
  readonly handed?: (record: HandedRecord) => void;
  /** A note of the history that a person should see as well. */
  readonly note?: (text: string) => void;
  /** The program failed: the run goes on to its verdict, and ends with its own exit code. */
  readonly failed?: (text: string) => void;
};
