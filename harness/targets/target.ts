import type { ClientOptions } from '../kinesis/kinesis.ts';
import type { Deviation } from '../model/event.ts';

/** What an engine can do, probed, never assumed from its name. */
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

/** How an engine is called in words. */
export const nameOf = ({ engine, version, client }: Pick<RunningTarget, 'engine' | 'version' | 'client'>): string =>
  engine === 'endpoint' ? `the engine at ${client.endpoint}` : `${engine} ${version}`;

/** An engine that answers. `stop` is idempotent and also runs on every exit path of the process. */
export type RunningTarget = {
  readonly name: string;
  readonly engine: string;
  readonly version: string;
  readonly client: ClientOptions;
  readonly capabilities: Capabilities;
  /** Known deviations of this engine and version, ready for the head. */
  readonly deviations: readonly Deviation[];
  /** Factor for waits: 1 is kinesis-local; measured by a probe. Deadlines scale, the work never does. */
  readonly slowness: number;
  /**
   * How many scenarios at once it bears where nobody says (`--workers`): more of them make it no quicker, or disturb
   * it.
   */
  readonly workers: number;
  /**
   * Least pause between two GetRecords of one shard, milliseconds, where the service takes only so many (AWS: five a
   * second).
   */
  readonly pollMsMin?: number;
  /** The last of what the engine printed, for errors about it; empty where it cannot be heard. */
  readonly words: () => string;
  readonly stop: () => Promise<void>;
  /** Where others on the network reach an engine that was started here, and could not be bound to this machine. */
  readonly exposed?: string;
  /** Why this engine, where neither flags nor the configuration file alone say it. */
  readonly because?: string;
  /** Resolves when the process of an engine that was started here is over, with how it ended. */
  readonly ended?: Promise<string>;
};

export type TargetOptions = {
  /** Attach to a running engine instead of starting one. */
  readonly endpoint?: string;
  /** Left out: that of the environment; on AWS, that of the profile too. */
  readonly region?: string;
  /** AWS only. */
  readonly profile?: string;
  readonly engineVersion?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Where engines are installed and keep what they need. */
  readonly cacheFolder: string;
  readonly signal?: AbortSignal;
};

/** One engine a file, one line in `registry.ts`. `start` throws HarnessError('target') with the engine's own words. */
export type Target = {
  readonly summary: string;
  /** It is started, never attached to. */
  readonly isStartedOnly?: boolean;
  readonly start: (options: TargetOptions) => Promise<RunningTarget>;
};
