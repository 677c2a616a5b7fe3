import type { FoundProcess } from '../commands/run-processes.ts';
import type { CommandEnd, CommandOptions } from '../commands/start-command.ts';
import type { WaitFor } from '../commands/wait-for.ts';
import type { Clock } from '../lib/clock.ts';
import type { HarnessError } from '../lib/error.ts';
import type { Owes } from '../model/event.ts';
import type { ReshardPlan, Variant } from '../scenario/resolved.ts';
import type { IdentitySpec } from '../tap/identity/spec.ts';
import type { RunningTarget } from '../targets/target.ts';

/** Somebody's program, as `record -- CMD` starts it. */
export type RecordedCommand = Pick<CommandOptions, 'run' | 'cwd' | 'gracefulShutdown'> & {
  /** What it prints, unchanged, as it comes. */
  readonly onOutput: (chunk: Buffer, from: 'stdout' | 'stderr') => void;
  readonly wait: WaitFor;
  /** Its clients find the gateway in AWS_ENDPOINT_URL_KINESIS. */
  readonly isTold: boolean;
  /** For what `wait` says, milliseconds. */
  readonly timeoutMs: number;
};

/** A consumer under test, as a scenario would name it. */
export type RecordedSubject = Variant & { readonly name: string };

export type OwnLines = {
  readonly name: string;
  readonly isOnStdout: boolean;
  readonly doneMs: number;
  readonly prefix?: string;
  readonly owes?: Owes;
};

export type RecordOptions = {
  /** Who sees the calls: the gateway, or a middleware in the program itself. */
  readonly recorder?: 'proxy' | 'middleware';
  readonly target: RunningTarget;
  /** This tool started the engine. */
  readonly isPrivate: boolean;
  readonly clock: Clock;
  /** `reports/<run id>`: a history for each stream is written there. */
  readonly folder: string;
  readonly run: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Without one, whoever calls the port is recorded until `stop`. */
  readonly command: RecordedCommand | undefined;
  /** The streams that are recorded; all where none is named. */
  readonly streams: readonly string[];
  /** Makes a stream that is missing, on an emulator. */
  readonly shards: number | undefined;
  readonly identity: IdentitySpec;
  /** `--id` as it was typed. */
  readonly identityText: string;
  readonly producer: string;
  readonly question: 'service' | 'pipeline';
  /** Consumers under test, started beside the command. */
  readonly subjects: readonly RecordedSubject[];
  /** The command itself tells what it was given. */
  readonly ownLines: OwnLines | undefined;
  readonly faults: readonly Variant[];
  readonly reshard: readonly ReshardPlan[];
  /** Acknowledged records, then the command is ended. */
  readonly stopAfter: number | undefined;
  readonly forMs: number | undefined;
  /** Puts end markers into streams that this tool did not make, too. */
  readonly seal: boolean;
  readonly keep: boolean;
  /** Aborted by the first Ctrl-C: the load is over, and what was recorded is judged. */
  readonly stop: AbortSignal;
  /** Told once the gateway listens. */
  readonly onListening: (endpoint: string) => void;
  readonly onProgress?: (progress: RecordProgress) => void;
};

export type RecordProgress = { readonly phase: 'load' | 'drain'; readonly acked: number; readonly streams: number };

/** One history: of one stream, from its first call to its end. */
export type RecordedHistory = {
  readonly path: string;
  readonly stream: string;
  readonly reason: 'completed' | 'interrupted' | 'failed';
  readonly error?: Error;
  readonly notes: readonly string[];
};

export type RecordResult = {
  readonly histories: readonly RecordedHistory[];
  readonly endpoint: string;
  /** Requests of whatever kind that came to the gateway. */
  readonly requests: number;
  readonly command?: CommandEnd & {
    readonly pid: number;
    readonly lastLines: readonly string[];
    readonly left: readonly FoundProcess[];
  };
  /** Consumers under test that ended with an error, in words. */
  readonly failedConsumers?: readonly string[];
  /** How often each kind of fault hit a call; of the adversary, the kinds that it drew. */
  readonly fired?: Readonly<Record<string, number>>;
  /** Why the engine or the gateway failed. */
  readonly failure?: HarnessError;
  readonly isInterrupted: boolean;
  /** What no history tells of. */
  readonly notes: readonly string[];
};
