import type { AnomalyId } from '../model/anomaly.ts';
import type { HashKeySpec } from '../model/hash-key.ts';
import type { LimitProfileName } from '../model/limits.ts';

/**
 * A scenario after validation: pure JSON, every default filled in. It goes whole into the head of the history, and it
 * alone (with the seed) decides keys, payloads, calls and their order. Variants (`type`) are validated by the options
 * schema of their registry entry.
 */
export type Variant = { readonly type: string } & Readonly<Record<string, unknown>>;

export type ReshardPlan =
  | {
      readonly action: 'SplitShard';
      readonly afterAcked: number /** Index among the open shards ordered by range, or a shard's name; default 0. */;
      readonly shard: number | string;
    }
  | { readonly action: 'MergeShards'; readonly afterAcked: number; readonly shard: number | string }
  | { readonly action: 'UpdateShardCount'; readonly afterAcked: number; readonly target: number }
  /** The same through the stream's stack. */
  | { readonly action: 'UpdateStack'; readonly afterAcked: number; readonly target: number };

export type ResolvedStream = {
  /**
   * Of a stream that the harness does not describe (`existing`, `template`): what is seen when the run begins; until
   * then it says nothing.
   */
  readonly shards: number;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly retentionHours?: number;
  /** A KMS key: id, alias or ARN. */
  readonly encryptionKey?: string;
  /** Beside the harness's own. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly maxRecordSizeKiB?: number;
  readonly recordDistributionStrategy?: 'USER_PARTITION_KEY' | 'AUTO';
  /** A stream that was there before and stays. */
  readonly existing?: string;
  /** Reshards may be planned on it. */
  readonly mayReshard?: boolean;
  readonly template?: ResolvedTemplate;
};

/** A team's own CloudFormation template, with its text: a history or a bundle needs no other file. */
export type ResolvedTemplate = {
  /** As the scenario names it. */
  readonly file: string;
  readonly body: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Logical id or output of the stream that is tested. */
  readonly stream: string;
  /** Parameters that are NoEcho: their values go into no history. */
  readonly secret: readonly string[];
  /** Resources that are made only with --allow-resources. */
  readonly daring: readonly string[];
  /** Names that the template gives to streams. */
  readonly fixedNames: readonly string[];
};

export type ResolvedScenario = {
  readonly name: string;
  /** One sentence: what it shows. */
  readonly why: string;
  /** Where the claim comes from. */
  readonly source?: string;
  readonly tags: readonly string[];
  /** Capabilities without which it cannot run. */
  readonly needs: readonly string[];
  readonly seed: string;
  readonly stream: ResolvedStream;
  /**
   * Whose limits producers keep to: a profile of `model/limits.ts`. Histories of before it could be said have none,
   * and mean `aws`.
   */
  readonly limits?: LimitProfileName;
  readonly workload: {
    readonly keys: number;
    readonly recordsPerKey: number;
    readonly payload: Variant;
    /** How the partition key is made; see workload/. */
    readonly partitionKey: Variant;
    /** Send every record with this ExplicitHashKey, or each with one of its own: by the seed, or by a function. */
    readonly explicitHashKey?: HashKeySpec;
  };
  readonly producers: readonly (Variant & { readonly name: string })[];
  readonly consumers: readonly (Variant & { readonly name: string })[];
  readonly faults: readonly Variant[];
  readonly reshard: readonly ReshardPlan[];
  readonly expect: {
    readonly forbid: readonly AnomalyId[];
    readonly allow: readonly AnomalyId[];
    readonly find: readonly AnomalyId[];
    readonly ignore: readonly AnomalyId[];
  };
  /** Milliseconds, before scaling by the target's slowness. */
  readonly budget: {
    readonly loadMs: number;
    readonly drainMs: number;
    readonly callMs: number;
    readonly reshardMs: number;
  };
};
