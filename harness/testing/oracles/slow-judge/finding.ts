import type { AnomalyId } from '../../../model/anomaly.ts';
import type { Expect } from '../../../model/verdict.ts';

/**
 * One finding of the slow judge, with all it is about: records, places, chains, shards and calls, so that one finding
 * may explain another.
 */
export type Raw = {
  readonly anomaly: AnomalyId;
  readonly kind?: string;
  readonly isAllowed?: boolean;
  /** Told, and no violation. */
  readonly isReported?: boolean;
  readonly ids?: readonly (string | undefined)[];
  readonly keys?: readonly string[];
  readonly places?: readonly string[];
  readonly chains?: readonly string[];
  readonly shards?: readonly string[];
  /** The shard that should have been closed, or that was written to. */
  readonly keptOpen?: readonly string[];
  /** Pages, by their place among all. */
  readonly pages?: readonly number[];
  /** Chains that went back, or that went back for what they had skipped. */
  readonly turns?: readonly string[];
  readonly ops?: readonly number[];
  /** The application that it is about: another's findings explain nothing of it. */
  readonly group?: string;
  /** Of a checkpoint: it came after the shard's last delivery. */
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
