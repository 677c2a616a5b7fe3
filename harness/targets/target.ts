import type { ClientOptions } from '../kinesis/kinesis.ts';
import type { Deviation } from '../model/event.ts';

/** What an engine can do. It is probed, never assumed from the engine's name. */
export type Capabilities = {
  readonly splitShard: boolean;
  readonly mergeShards: boolean;
  readonly updateShardCount: boolean;
  readonly onDemand: boolean;
  readonly tags: boolean;
  readonly subscribeToShard: boolean;
  readonly cloudformation: boolean;
};
export type Capability = keyof Capabilities;

/** The name of an engine in messages. */
export const nameOf = ({ engine, version, client }: Pick<RunningTarget, 'engine' | 'version' | 'client'>): string =>
  engine === 'endpoint' ? `the engine at ${client.endpoint}` : `${engine} ${version}`;

/** A running engine. `stop` is idempotent and also runs on every exit path of the process. */
export type RunningTarget = {
  readonly name: string;
  readonly engine: string;
  readonly version: string;
  readonly client: ClientOptions;
  readonly capabilities: Capabilities;
  /** Known deviations of this engine and version, ready for the head. */
  readonly deviations: readonly Deviation[];
  /** The factor for waits, measured by a probe; 1 is kinesis-local. Deadlines scale, the work never does. */
  readonly slowness: number;
  /**
   * The number of scenarios that run at once by default (`--workers`). More would not be faster, or would disturb each
   * other.
   */
  readonly workers: number;
  /**
   * The shortest pause between two GetRecords of one shard, milliseconds, if the service limits them (AWS: five a
   * second).
   */
  readonly pollMsMin?: number;
  /** The end of its output, for errors about the engine; empty if it cannot be read. */
  readonly words: () => string;
  readonly stop: () => Promise<void>;
  /**
   * The address at which others on the network reach an engine that was started here and could not be bound to this
   * machine.
   */
  readonly exposed?: string;
  /** Why this engine was chosen, if neither a flag nor the configuration file says it. */
  readonly because?: string;
  /** Resolves when the process of a started engine has ended, with how it ended. */
  readonly ended?: Promise<string>;
};

export type TargetOptions = {
  /** Attach to a running engine instead of starting one. */
  readonly endpoint?: string;
  /** Default: the region of the environment; on AWS, that of the profile too. */
  readonly region?: string;
  /** AWS only. */
  readonly profile?: string;
  readonly engineVersion?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** The folder in which engines are installed and keep their files. */
  readonly cacheFolder: string;
  readonly signal?: AbortSignal;
};

/**
 * An engine: one file, and one line in `registry.ts`. `start` rejects with HarnessError('target') with the engine's
 * own message.
 */
export type Target = {
  readonly summary: string;
  /** True if it is always started; `--endpoint` is then refused. */
  readonly isStartedOnly?: boolean;
  readonly start: (options: TargetOptions) => Promise<RunningTarget>;
};
