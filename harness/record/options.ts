import type { FoundProcess } from '../commands/run-processes.ts';
import type { CommandEnd, CommandOptions } from '../commands/start-command.ts';
import type { WaitFor } from '../commands/wait-for.ts';
import type { Clock } from '../lib/clock.ts';
import type { HarnessError } from '../lib/error.ts';
import type { Owes } from '../model/event.ts';
import type { ReshardPlan, Variant } from '../scenario/resolved.ts';
import type { IdentitySpec } from '../tap/identity/spec.ts';
import type { RunningTarget } from '../targets/target.ts';

/** The user's program, as `record -- CMD` starts it. */
export type RecordedCommand = Pick<CommandOptions, 'run' | 'cwd' | 'gracefulShutdown'> & {
  /** Called with the program's output, unchanged, as it comes. */
  readonly onOutput: (chunk: Buffer, from: 'stdout' | 'stderr') => void;
  readonly wait: WaitFor;
  /** True if the program's clients find the gateway in AWS_ENDPOINT_URL_KINESIS. */
  readonly isPointed: boolean;
  /** How long `wait` may take, milliseconds. */
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
  /** Where calls are observed: at the gateway, or by a middleware in the program itself. */
  readonly recorder?: 'proxy' | 'middleware';
  readonly target: RunningTarget;
  /** True if this tool started the engine. */
  readonly isPrivate: boolean;
  readonly clock: Clock;
  /** `reports/<run id>`: a history for each stream is written there. */
  readonly folder: string;
  readonly run: string;
  readonly listen: { readonly host: string; readonly port: number };
  /** Without a command, every caller of the port is recorded until `stop`. */
  readonly command: RecordedCommand | undefined;
  /** The streams that are recorded; default: all. */
  readonly streams: readonly string[];
  /** Missing streams are created with this number of shards, on an emulator only. */
  readonly shards: number | undefined;
  readonly identity: IdentitySpec;
  /** `--id` as it was typed. */
  readonly identityText: string;
  readonly producer: string;
  readonly question: 'service' | 'pipeline';
  /** Consumers under test, started beside the command. */
  readonly subjects: readonly RecordedSubject[];
  /** Set if the command itself prints the lines of a consumer under test. */
  readonly ownLines: OwnLines | undefined;
  readonly faults: readonly Variant[];
  readonly reshard: readonly ReshardPlan[];
  /** Ends the command after this many acknowledged records. */
  readonly stopAfter: number | undefined;
  readonly forMs: number | undefined;
  /** True: sentinels are also put into streams that this tool did not create. */
  readonly seal: boolean;
  readonly keep: boolean;
  /** Aborted by the first Ctrl-C: the load is over, and what was recorded is judged. */
  readonly stop: AbortSignal;
  /** Called once the gateway listens. */
  readonly onListening: (endpoint: string) => void;
  readonly onProgress?: (progress: RecordProgress) => void;
};

export type RecordProgress = { readonly phase: 'load' | 'drain'; readonly acked: number; readonly streams: number };

/** The history of one stream, from its first call to its end. */
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
  /** Number of requests of any kind at the gateway. */
  readonly requests: number;
  /** Calls of Kinesis by their operation, answered or lost. */
  readonly operations?: Readonly<Record<string, number>>;
  readonly command?: CommandEnd & {
    readonly pid: number;
    readonly lastLines: readonly string[];
    readonly left: readonly FoundProcess[];
  };
  /** Consumers under test that ended with an error, in words. */
  readonly failedConsumers?: readonly string[];
  /** The number of calls that each kind of fault hit; for the adversary, by the kinds that it drew. */
  readonly fired?: Readonly<Record<string, number>>;
  /** Why the engine or the gateway failed. */
  readonly failure?: HarnessError;
  readonly isInterrupted: boolean;
  /** Notes that belong to no history, such as calls to streams that are missing. */
  readonly notes: readonly string[];
};

export const isRecorded = ({ streams }: Pick<RecordOptions, 'streams'>, name: string): boolean =>
  streams.length === 0 || streams.includes(name);
