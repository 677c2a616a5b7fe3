import type { AnomalyId } from '../model/anomaly.ts';
import type { HashKeySpec } from '../model/hash-key.ts';
import type { LimitProfileName } from '../model/limits.ts';
import type { ReshardInput } from './reshard.ts';

/** A scenario as the user writes it. Fields that are left out have defaults. The schema validates it. */
export type ScenarioInput<Variants extends AnyVariants = AnyVariants> = {
  /** Unique. Names the stream, the history and the test. Letters, digits, `-`, `_` and `.`, at most 60. */
  readonly name: string;
  /** One sentence: what the scenario shows. */
  readonly why: string;
  /** The source of that sentence. */
  readonly source?: string;
  /** For `--grep`. `@quick` marks small scenarios. */
  readonly tags?: readonly string[];
  /** Default: a stream of one shard, created and deleted by the run. */
  readonly stream?: StreamInput;
  /** The limits that producers respect. Default `aws`. */
  readonly limits?: LimitProfileName;
  /** What is written. */
  readonly workload?: {
    /** Partition keys of each producer. Default 10. */
    readonly keys?: number;
    /** Records of each key. Default 10. */
    readonly recordsPerKey?: number;
    /** Contents of the records. Default `taxiRide()`. */
    readonly payload?: Variants['payload'];
    /** Which keys are written, in which order. Default `evenKeys()`. */
    readonly partitionKey?: Variants['partitionKey'];
    /**
     * The ExplicitHashKey of every record, or one for each record: drawn by the seed, or returned by your function
     * (`fn('./mine.ts#hashOf')`).
     */
    readonly explicitHashKey?: HashKeySpec;
  };
  /** Who writes: each producer sends the whole workload. */
  readonly producers: readonly Variants['producer'][];
  /** Live readers and consumers under test. A final reader, from TRIM_HORIZON, is always added. */
  readonly consumers?: readonly Variants['consumer'][];
  /** What goes wrong, and what is done to consumers under test. */
  readonly faults?: readonly Variants['fault'][];
  /** Splits, merges and changes of the shard count, in their order. */
  readonly reshard?: readonly ReshardInput[];
  /** What findings of these claims mean. The other claims keep their defaults. */
  readonly expect?: {
    /** A finding is a violation. */
    readonly forbid?: readonly AnomalyId[];
    /** Findings are counted and shown, and violate nothing. */
    readonly allow?: readonly AnomalyId[];
    /** Must be found: the scenario reproduces it. */
    readonly find?: readonly AnomalyId[];
    /** Is not looked for. */
    readonly ignore?: readonly AnomalyId[];
  };
  /** Milliseconds, multiplied on slow targets. */
  readonly budget?: {
    /** Until all producers are done. Default 30000. */
    readonly loadMs?: number;
    /** Until the readers have read everything after the load. Default 15000. */
    readonly drainMs?: number;
    /** Until one call is answered. Default 15000. */
    readonly callMs?: number;
    /** Until one reshard is complete. Default 15000. */
    readonly reshardMs?: number;
  };
  /** What the target must support. Other targets skip the scenario and say so. */
  readonly needs?: readonly (
    | 'splitShard'
    | 'mergeShards'
    | 'updateShardCount'
    | 'subscribeToShard'
    | 'onDemand'
    | 'cloudformation'
  )[];
};

export type StreamInput = OwnStreamInput | ExistingStreamInput | TemplateStreamInput;

/** A stream of your own CloudFormation template. The run deploys the stack and deletes it afterwards. */
export type TemplateStreamInput = {
  readonly template: {
    /** Path of the JSON or YAML file, relative to the scenario file. */
    readonly file: string;
    /** Logical id of the stream, or of an output with its name or ARN. */
    readonly stream: string;
    readonly parameters?: Readonly<Record<string, string | number | boolean>>;
  };
};

/**
 * A stream that exists already. It is written and read from its current end and never deleted. Records of other
 * writers are told apart.
 */
export type ExistingStreamInput = {
  readonly existing: string;
  /** Allows reshards. They stay when the run is over. */
  readonly mayReshard?: boolean;
};

/** A stream that the run creates and deletes. Fields that are left out have the service's defaults. */
export type OwnStreamInput = {
  /** Default 1. */
  readonly shards?: number;
  /** Default PROVISIONED. */
  readonly mode?: 'PROVISIONED' | 'ON_DEMAND';
  /** Hours, 24 to 8760. */
  readonly retentionHours?: number;
  /** A KMS key: id, alias or ARN. */
  readonly encryptionKey?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** The most KiB of one record, data and key together: 1024 to 10240. */
  readonly maxRecordSizeKiB?: number;
  /** ON_DEMAND only. AUTO gives up the order of keys, so a run refuses it. */
  readonly recordDistributionStrategy?: 'USER_PARTITION_KEY' | 'AUTO';
};

/** A variant as plain data. The registries know the options of each `type`. */
export type AnyVariant = { readonly type: string; readonly [option: string]: unknown };

/** The types that the registries fill in, because this folder knows no variant. */
export type AnyVariants = {
  readonly payload: AnyVariant;
  readonly partitionKey: AnyVariant;
  readonly producer: AnyVariant;
  readonly consumer: AnyVariant;
  readonly fault: AnyVariant;
};
