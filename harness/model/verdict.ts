import type { AnomalyId } from './anomaly.ts';
import type { Detection, NoDetection } from './detection.ts';
import type { Headroom } from './headroom.ts';
import type { Remedies, Untested } from './untested.ts';

/** Verdict format 1: what `check --reporter json` prints. */
export type VerdictValue = 'holds' | 'violated' | 'unknown';
export type ClaimVerdict = VerdictValue | 'not-applicable';
export type Expect = 'forbid' | 'allow' | 'find' | 'report' | 'ignore';
export type Blame = 'producer' | 'service-write' | 'service-read' | 'consumer' | 'harness' | 'target-deviation' | null;

export type Claim = {
  readonly anomaly: AnomalyId;
  readonly expect: Expect;
  readonly verdict: ClaimVerdict;
  /** Number of findings, including explained and allowed ones. */
  readonly found: number;
  /** How many of them are allowed. */
  readonly allowed: number;
  /** Of a violated claim: the last day on which a baseline accepted it. */
  readonly acceptedUntil?: string;
  /** One clause: the reason for the expectation, or why it is unknown or not applicable. */
  readonly why: string;
  /** The sentence of AWS that makes the promise, with its source. */
  readonly source: string;
};

/** What happened near a finding: the lines of faults that fired (from 1), the ids of reshards, the ops of retries. */
export type Near = {
  readonly faults: readonly number[];
  readonly reshards: readonly number[];
  readonly retries: readonly number[];
};

export type Finding = {
  readonly anomaly: AnomalyId;
  /** The variant of the anomaly, where it has several. */
  readonly kind: string | null;
  readonly expect: Expect;
  readonly blame: Blame;
  readonly producer: string | null;
  readonly key: string | null;
  readonly shards: readonly string[];
  /** One sentence that proves the finding. */
  readonly sentence: string;
  /** The facts of the sentence, by name. */
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Line numbers of the history, counted from 1. */
  readonly witness: readonly number[];
  readonly near: Near;
  /** The anomaly of which this finding is a consequence: it then violates nothing by itself. */
  readonly explainedBy: AnomalyId | null;
  /** Of an imported history, in reports: where its records stand in the user's own files. */
  readonly own?: readonly OwnPlace[];
};

/** A record of a finding, and the line of the user's file that tells of it. Lines are counted from 1. */
export type OwnPlace = {
  readonly n: number | null;
  readonly seq: string | null;
  readonly file: string;
  readonly line: number;
};

/** Numbers of records. */
export type Counts = {
  readonly acked: number;
  readonly read: number;
  readonly info: number;
  readonly failed: number;
  readonly unseen: number;
  readonly foreign: number;
  /** Places that were read in a history in which no record has an identity. */
  readonly unidentified: number;
};

/** Whether the order of each key was kept, no matter who is to blame and what was promised. */
export type Order = {
  /** `null`: there was no pair to compare. */
  readonly kept: boolean | null;
  /** Flows with at least one pair. */
  readonly flows: number;
  /** Neighbouring records of a flow that were read at comparable places. */
  readonly pairs: number;
  /** Pairs that are out of order. */
  readonly inversions: number;
  /** Flows with at least one inversion. */
  readonly flowsBroken: number;
};

/** What one consumer under test had to handle, and what it received. In records. */
export type SubjectVerdict = {
  readonly group: string;
  /** What it had to handle, except what it gave up. `null` if no final reader says what there was. */
  readonly owed: number | null;
  /** How many of these it received; if `owed` is `null`, all that it received. */
  readonly delivered: number;
  /** Records of which nothing says whether it owes them: they are not in `owed`. Missing if there are none. */
  readonly undecided?: number;
  /** Repeated deliveries. */
  readonly redelivered: number;
  /** Shards that it had to read, and neither started nor fetched from. */
  readonly neverReadShards: readonly string[];
};

/** A history of a few lines in which `check` finds the same anomaly. */
export type WitnessFile = {
  readonly anomaly: AnomalyId;
  readonly path: string;
  /** Lines besides head, topologies and end. */
  readonly events: number;
  /** Other claims that it also violates; 0 if the anomaly can occur alone. */
  readonly others: number;
};

export type HistoryVerdict = {
  readonly path: string;
  readonly run: string;
  readonly verdict: VerdictValue;
  readonly complete: boolean;
  /** Why the whole verdict is unknown, one sentence each; empty if it is not. */
  readonly unknown: readonly string[];
  readonly claims: readonly Claim[];
  readonly findings: readonly Finding[];
  readonly counts: Counts;
  readonly order: Order;
  /** Consumers under test. */
  readonly subjects: readonly SubjectVerdict[];
  readonly power: Readonly<Record<string, number>>;
  /** Notices beside the claims, one sentence each: allowed findings, deviations of the target, notes. */
  readonly aloud: readonly string[];
  /** Reduced histories, if asked for. */
  readonly witnesses?: readonly WitnessFile[];
  /** Headroom below the limits of AWS. Missing if nothing was stored, no puts were recorded, or nobody asked. */
  readonly headroom?: Headroom;
  /** Detection power. Only if everything holds, and it was asked for or is cheap. */
  readonly detection?: Detection | NoDetection;
  /** Of a history that holds: what did not happen in it, so that it was not tested. */
  readonly untested?: readonly Untested[];
  /** For what was not tested: a fault that would test it. Missing where nobody can arm one. */
  readonly remedies?: Remedies;
};

/** A history without a verdict: it is invalid, or its run failed before it could be judged. */
export type Unjudged = { readonly path: string; readonly error: string };

export type Verdict = {
  readonly format: 'kinesis-order-verdict';
  readonly version: 1;
  readonly verdict: VerdictValue;
  readonly histories: readonly HistoryVerdict[];
  /** Histories without a verdict. Each makes the whole unknown, unless something is violated. Missing if none. */
  readonly unjudged?: readonly Unjudged[];
};

/** True for a finding that breaks a promise, and that no other one explains. */
export const isViolation = (finding: { readonly expect: string; readonly explainedBy: string | null }): boolean =>
  finding.expect === 'forbid' && finding.explainedBy === null;

const worstFirst: readonly VerdictValue[] = ['violated', 'unknown', 'holds'];

/** The worst of violated, unknown, holds; `holds` for an empty list. Unknown never becomes a pass. */
export const mergeVerdicts = (values: Iterable<ClaimVerdict>): VerdictValue => {
  const seen = new Set(values);
  return worstFirst.find((value) => seen.has(value)) ?? 'holds';
};

export const exitCodeOfVerdict: Readonly<Record<VerdictValue, 0 | 1 | 4>> = { holds: 0, violated: 1, unknown: 4 };
