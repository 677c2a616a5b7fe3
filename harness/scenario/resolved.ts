import type { AnomalyId } from '../model/anomaly.ts';
import type { HashKeySpec } from '../model/hash-key.ts';
import type { LimitProfileName } from '../model/limits.ts';

/**
 * A scenario after validation: pure JSON, with every default filled in. All of it is written to the head of the
 * history. Together with the seed, it alone decides keys, payloads, calls and their order. Variants (`type`) are
 * validated by the options schema of their registry entry.
 */
export type Variant = { readonly type: string } & Readonly<Record<string, unknown>>;

export type ReshardPlan =
  | {
      readonly action: 'SplitShard';
      readonly afterAcked: number;
      /** Index among the open shards ordered by range, or a shard's name; default 0. */
      readonly shard: number | string;
    }
  | { readonly action: 'MergeShards'; readonly afterAcked: number; readonly shard: number | string }
  | { readonly action: 'UpdateShardCount'; readonly afterAcked: number; readonly target: number }
  /** Changes the number of shards by an update of the stream's stack. */
  | { readonly action: 'UpdateStack'; readonly afterAcked: number; readonly target: number };

export type ResolvedStream = {
  /**
   * For a stream that the harness does not create (`existing`, `template`): the number of shards when the run begins.
   * Before that, the value has no meaning.
   */
  readonly shards: number;
  readonly mode: 'PROVISIONED' | 'ON_DEMAND';
  readonly retentionHours?: number;
  /** A KMS key: id, alias or ARN. */
  readonly encryptionKey?: string;
  /** Added to the harness's own tag. */
  readonly tags?: Readonly<Record<string, string>>;
  readonly maxRecordSizeKiB?: number;
  readonly recordDistributionStrategy?: 'USER_PARTITION_KEY' | 'AUTO';
  /** The name of a stream that existed before the run and stays. */
  readonly existing?: string;
  /** True if reshards may be planned on the existing stream. */
  readonly mayReshard?: boolean;
  readonly template?: ResolvedTemplate;
};

/** A team's own CloudFormation template, with its text, so that a history or a bundle needs no other file. */
export type ResolvedTemplate = {
  /** As the scenario names it. */
  readonly file: string;
  readonly body: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** Logical id or output of the stream that is tested. */
  readonly stream: string;
  /** The parameters that are NoEcho. No history contains their values. */
  readonly secret: readonly string[];
  /** The resources that are created only with --allow-resources. */
  readonly daring: readonly string[];
  /** Names that the template gives to streams. */
  readonly fixedNames: readonly string[];
};

export type ResolvedScenario = {
  readonly name: string;
  /** One sentence: what it shows. */
  readonly why: string;
  /** The source of the claim. */
  readonly source?: string;
  readonly tags: readonly string[];
  /** Capabilities without which it cannot run. */
  readonly needs: readonly string[];
  readonly seed: string;
  readonly stream: ResolvedStream;
  /**
   * The limits that producers respect: a profile of `model/limits.ts`. Older histories have no profile, and mean
   * `aws`.
   */
  readonly limits?: LimitProfileName;
  readonly workload: {
    readonly keys: number;
    readonly recordsPerKey: number;
    readonly payload: Variant;
    /** How partition keys are made; see workload/. */
    readonly partitionKey: Variant;
    /** The ExplicitHashKey of every record, or one for each record: by the seed, or by a function. */
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
