import type { Env } from '../commands/command-env.ts';
import type { CommandPlace } from '../commands/command-place.ts';

/**
 * A program's access to the stream: its own port of the gateway, so that all calls on this port are this producer's.
 */
export type Door = CommandPlace & {
  readonly bundle: string | undefined;
  /** Resolves with the first request that comes through it. */
  readonly firstCall: Promise<void>;
  /** Credentials and region by which an emulator finds the stream; empty on AWS. */
  readonly env: Env;
  /** The KINESIS_ORDER_RUN of its processes. */
  readonly id: string;
  /** The file that keeps its output. */
  readonly logFile: string;
};

/** A record that was handed over to a program. Without `due`, its put is due at the time of the handing over. */
export type HandedRecord = { readonly key: string; readonly n: number; readonly due?: number };

/** What connects programs with the run. */
export type ProgramTools = {
  /** Opens a port of the gateway. Absent if there is no gateway in front of the engine. */
  readonly door?: () => Promise<Door>;
  /** Call it just before a record is handed over. */
  readonly handed?: (record: HandedRecord) => void;
  /** Writes a note to the history and shows it to the user. */
  readonly note?: (text: string) => void;
  /** Reports that the program failed. The run continues to its verdict, and ends with its own exit code. */
  readonly failed?: (text: string) => void;
};
