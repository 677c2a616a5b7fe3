import type { AnomalyId } from './anomaly.ts';
import type { Detection, NoDetection } from './detection.ts';
import type { Headroom } from './headroom.ts';

/** Verdict format 1: what `check` prints, and all that a reporter may read besides the history. */
export type VerdictValue = 'holds' | 'violated' | 'unknown';
export type ClaimVerdict = VerdictValue | 'not-applicable';
export type Expect = 'forbid' | 'allow' | 'find' | 'report' | 'ignore';
export type Blame = 'producer' | 'service-write' | 'service-read' | 'consumer' | 'harness' | 'target-deviation' | null;

export type Claim = {
  readonly anomaly: AnomalyId;
  readonly expect: Expect;
  readonly verdict: ClaimVerdict;
  /** Findings in all, explained ones and allowed ones among them. */
  readonly found: number;
  readonly allowed: number;
  /** One clause: why this expectation, why unknown, why not applicable. */
  readonly why: string;
  /** The sentence of the documentation that makes the promise, with its source. */
  readonly source: string;
};

export type Near = {
  readonly faults: readonly number[];
  readonly reshards: readonly number[];
  readonly retries: readonly number[];
};

export type Finding = {
  readonly anomaly: AnomalyId;
  readonly kind: string | null;
  readonly expect: Expect;
  readonly blame: Blame;
  readonly producer: string | null;
  readonly key: string | null;
  readonly shards: readonly string[];
  /** One sentence that proves it. */
  readonly sentence: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Line numbers of the history, counted from 1. */
  readonly witness: readonly number[];
  readonly near: Near;
  readonly explainedBy: AnomalyId | null;
};

export type Counts = {
  readonly acked: number;
  readonly read: number;
  readonly info: number;
  readonly failed: number;
  readonly unseen: number;
  readonly foreign: number;
  /** Places that were read, in a file in which no record has an identity. */
  readonly unidentified: number;
};

/** Did the order of keys reach the readers, whoever is to blame and whatever was promised? */
export type Order = {
  /** null: there is no pair to compare. */
  readonly kept: boolean | null;
  /** Flows with at least one pair. */
  readonly flows: number;
  /** Neighbours among those records of a flow that were read, at comparable places. */
  readonly pairs: number;
  /** Those of them that are out of order. */
  readonly inversions: number;
  /** Flows with at least one inversion. */
  readonly flowsBroken: number;
};

/** What one consumer under test, a group of readers, had to handle and was given. In records. */
export type SubjectVerdict = {
  readonly group: string;
  /** What it has to handle, without what it gave up; null where no final reader says what there was. */
  readonly owed: number | null;
  /** Of these, those that it was given; where `owed` is null, all that it was given. */
  readonly delivered: number;
  /** Deliveries of what it had been given before. */
  readonly redelivered: number;
  /** Of the shards that it owes: neither started nor asked. */
  readonly neverReadShards: readonly string[];
};

/** A history of a few lines that shows a finding again; `check` finds it in there as here. */
export type WitnessFile = {
  readonly anomaly: AnomalyId;
  readonly path: string;
  /** Lines besides head, topologies and end. */
  readonly events: number;
  /** Other claims that it violates too; 0 wherever the anomaly can stand alone. */
  readonly others: number;
};

export type HistoryVerdict = {
  readonly path: string;
  readonly run: string;
  readonly verdict: VerdictValue;
  readonly complete: boolean;
  /** Why the whole is unknown, each in one sentence; empty when it is not. */
  readonly unknown: readonly string[];
  readonly claims: readonly Claim[];
  readonly findings: readonly Finding[];
  readonly counts: Counts;
  readonly order: Order;
  /** Consumers under test; empty where there is none. */
  readonly subjects: readonly SubjectVerdict[];
  readonly power: Readonly<Record<string, number>>;
  /**
   * What a newcomer must be told beside the claims: allowed findings, deviations of the target, notes. One sentence
   * each.
   */
  readonly aloud: readonly string[];
  /** Where reduced histories were asked for. */
  readonly witnesses?: readonly WitnessFile[];
  /** What AWS would have taken; left out where nothing was stored, puts were not recorded, or nobody asked. */
  readonly headroom?: Headroom;
  /** How surely a mistake would have been found; only where all holds, and only where it was asked for or is cheap. */
  readonly detection?: Detection | NoDetection;
};

/** A history that there is no verdict on: not a sound one, or its run never came so far. */
export type Unjudged = { readonly path: string; readonly error: string };

export type Verdict = {
  readonly format: 'kinesis-order-verdict';
  readonly version: 1;
  readonly verdict: VerdictValue;
  readonly histories: readonly HistoryVerdict[];
  /** Left out where there is none. Each makes the whole unknown, unless something is violated. */
  readonly unjudged?: readonly Unjudged[];
};

const worstFirst: readonly VerdictValue[] = ['violated', 'unknown', 'holds'];

/** The worst of violated, unknown, holds; `holds` of none. Unknown never becomes a pass. */
export const mergeVerdicts = (values: Iterable<ClaimVerdict>): VerdictValue => {
  const seen = new Set(values);
  return worstFirst.find((value) => seen.has(value)) ?? 'holds';
};

export const exitCodeOfVerdict: Readonly<Record<VerdictValue, 0 | 1 | 4>> = { holds: 0, violated: 1, unknown: 4 };
