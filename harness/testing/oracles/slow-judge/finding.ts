import type { AnomalyId } from '../../../model/anomaly.ts';
import type { Expect } from '../../../model/verdict.ts';

/**
 * One finding of the slow judge, with everything that it is about: records, places, chains, shards and calls. By
 * these, one finding may explain another.
 */
export type Raw = {
  readonly anomaly: AnomalyId;
  readonly kind?: string;
  readonly isAllowed?: boolean;
  /** Reported, and no violation. */
  readonly isReported?: boolean;
  readonly ids?: readonly (string | undefined)[];
  readonly keys?: readonly string[];
  readonly places?: readonly string[];
  readonly chains?: readonly string[];
  readonly shards?: readonly string[];
  /** The shard that should have been closed, or that was written to after it was closed. */
  readonly keptOpen?: readonly string[];
  /** Indexes of pages. */
  readonly pages?: readonly number[];
  /** Chains that went back, also for places that they had skipped. */
  readonly turns?: readonly string[];
  readonly ops?: readonly number[];
  /** The application that it is about. Findings of another application do not explain it. */
  readonly group?: string;
  /** True for a checkpoint after the shard's last delivery. */
  readonly isAfterLast?: boolean;
};
export type SlowFinding = {
  readonly anomaly: AnomalyId;
  readonly kind: string | null;
  readonly expect: Expect;
  readonly explainedBy: AnomalyId | null;
  readonly raw: Raw;
};

/** All pairs of different indices, first before second. */
export const pairs = <T>(items: readonly T[]): readonly (readonly [T, T])[] =>
  items.flatMap((a, index) => items.slice(index + 1).map((b) => [a, b] as const));
export const distinct = <T>(items: readonly T[]): T[] => [...new Set(items)];
