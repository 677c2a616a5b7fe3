import type { Blame, Expect } from '../model/verdict.ts';
import type { View } from './index/view.ts';

/** What a finding says. Only the first findings of each anomaly are asked, so that a flood of findings stays cheap. */
export type Told = {
  /** One sentence that proves it: let … however … */
  readonly sentence: string;
  readonly evidence: Readonly<Record<string, unknown>>;
  /** Line numbers, from 1. */
  readonly witness: readonly number[];
};

/**
 * One violation of one definition, as indices of the view. The lists say what it is about; explanations are found by
 * them.
 */
export type Found = {
  readonly kind: string | null;
  readonly blame: Blame;
  /** Tells findings of one anomaly apart for the table of explanations, if the contract names no kind. */
  readonly variant?: string;
  /** The expectation of this finding if the scenario states none; absent: that of the check. */
  readonly expect?: Expect;
  /** Why it is allowed, in a clause, if its kind does not say so. */
  readonly allowedBecause?: string;
  /** How many findings it represents, if there are too many to list each. Default 1. */
  readonly times?: number;
  readonly flow?: number;
  /** Set if it is about all flows of a producer. */
  readonly producer?: number;
  readonly key?: number;
  readonly records?: readonly number[];
  readonly entries?: readonly number[];
  readonly positions?: readonly number[];
  /** What an application got or did not get; with its application. */
  readonly items?: readonly string[];
  readonly shards?: readonly number[];
  readonly chain?: number;
  readonly page?: number;
  /** All pages that it is about, if there are several. */
  readonly pages?: readonly number[];
  /**
   * It is about the beginning of its chain: records before the first one that the chain delivered, or that it went
   * back over.
   */
  readonly isAtStart?: boolean;
  readonly tell: () => Told;
};

/** If findings can grow with the square of something, at most so many are kept one by one. */
export const keptMax = 1000;

/**
 * Yields a finding for each thing while there is room, and one that stands for all the rest: the count stays exact,
 * and memory bounded.
 */
export function* keptOf<T>(room: { left: number }, things: readonly T[], found: (thing: T) => Found): Generator<Found> {
  const kept = Math.min(room.left, things.length);
  room.left -= kept;
  for (const thing of things.slice(0, kept)) yield found(thing);
  const last = things.at(-1);
  if (last !== undefined && kept < things.length) yield { ...found(last), times: things.length - kept };
}

/**
 * Yields the findings that were counted while reading and not kept, as more of the last one. Throws if none was kept:
 * the claim is then unknown, so the count never gets lost. `what`: a plural.
 */
export function* restOf(left: number, latest: Found | undefined, what: string): Generator<Found> {
  if (left <= 0) return;
  if (latest === undefined) throw new Error(`${left} ${what}, and none of them was kept`);
  yield { ...latest, times: left };
}

/**
 * `settled`: the streaming judge has proved that nothing can be found, or it has stopped. `set-aside`: whatever could
 * be found was set aside, and the check is asked about that. `whole`: it knows nothing, so the full judge must run
 * wherever the claim applies.
 */
export type Streaming = 'settled' | 'set-aside' | 'whole';

/**
 * One anomaly of the catalogue. A pure function of the view: it never reads the clock, the target or the scenario. It
 * reports all that it finds; what is forbidden is decided elsewhere.
 */
export type Check = {
  /** What is wrong when it is found, in one clause. */
  readonly summary: string;
  /** The sentence that promises the opposite, and where it stands. */
  readonly source: string;
  readonly example: string;
  /** The expectation if the scenario states none. */
  readonly expect: Expect;
  /** What the streaming judge knows of it at the end of a history. Left out: `whole`, which is always right. */
  readonly streaming?: Streaming;
  /** The usual causes, the most frequent first. A public report that shows one is named. */
  readonly causes: readonly string[];
  /** What to do, the first step first. */
  readonly todo: readonly string[];
  /**
   * What the claim is about. `order`: needs two comparable records of one key. `keys`: void where the stream
   * distributes by itself. `arrival`: whether a key's order reaches its readers (as for `pipeline`), also where the
   * stream distributes. `reading`: what a service gives a reader, not a consumer under test (contract, rule 14).
   */
  readonly about?: readonly ('order' | 'keys' | 'arrival' | 'reading')[];
  /** Why it says nothing about this history, or undefined when it does. */
  readonly notApplicable?: (view: View) => string | undefined;
  /** Why it cannot say that the claim holds, beyond what holds for all checks. */
  readonly unknown?: (view: View) => string | undefined;
  /** The expectation for this history, and why. */
  readonly why?: (view: View) => { readonly expect: Expect; readonly why: string };
  /** What is to be said aloud beside the findings, in one sentence; undefined: nothing. */
  readonly note?: (view: View) => string | undefined;
  readonly find: (view: View) => Iterable<Found>;
};

/** True if the claim is void on a stream that distributes records by itself. */
export const isAboutKeys = ({ about }: Check): boolean => about?.includes('keys') === true;
