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
  /** Factor for waits: 1 is kinesis-local; a probe measures it. Deadlines scale, the work never does. */
  readonly slowness: number;
  /** How many scenarios run at once by default (`--workers`): more of them are not faster, or disturb each other. */
  readonly workers: number;
  /**
   * The shortest pause between two GetRecords of one shard, milliseconds, if the service limits them (AWS: five a
   * second).
   */
  readonly pollMsMin?: number;
  /** The end of its output, for errors about it; empty if it cannot be read. */
  readonly words: () => string;
  readonly stop: () => Promise<void>;
  /**
   * The address at which others on the network reach an engine that was started here and could not be bound to this
   * machine.
   */
  readonly exposed?: string;
  /** Why this engine was chosen, if neither a flag nor the configuration file says it. */
  readonly because?: string;
  /** Resolves with how it ended when the process of a started engine is over. */
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
  /** Where engines are installed and keep their files. */
  readonly cacheFolder: string;
  readonly signal?: AbortSignal;
};

/**
 * One engine a file, one line in `registry.ts`. `start` throws HarnessError('target') with the engine's own message.
 */
export type Target = {
  readonly summary: string;
  /** It is always started; `--endpoint` is refused. */
  readonly isStartedOnly?: boolean;
  readonly start: (options: TargetOptions) => Promise<RunningTarget>;
};
