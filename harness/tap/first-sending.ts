import { Names } from '../lib/names.ts';
import { contentOf, contentOfAll, type SentRecord } from './put-call.ts';
import { Recent } from './recent.ts';

/** A record without a counter, across all its attempts. */
export type Known = {
  readonly producer: string;
  readonly content: string;
  readonly n: number;
  /** Attempts without an answer so far. */
  underWay: number;
  isAcked: boolean;
};

export type EntryOutcome = 'acked' | 'failed' | 'unknown';

/** The numbers of unacknowledged records and of fully acknowledged calls that are remembered. */
const recordsMax = 200_000;
const callsMax = 20_000;
const lengthOf = (known: readonly Known[]): number => known.length;

/**
 * Numbers records that have no counter: n is the order of first sending, per producer and key. A record is a retry of
 * an earlier one in three cases. (a) Its call has the invocation id of an earlier attempt (`earlier`). (b) Its
 * partition key and bytes are the same, no attempt is in flight and none was acknowledged. (c) Its call has the same
 * records, in the same order, as an earlier call of two or more records that was not fully acknowledged; then all its
 * records are retries, including the acknowledged ones. Otherwise the record is new. Case (c) does not apply if a call
 * with the same content was fully acknowledged before: then the program sends that content regularly (heartbeats of
 * several devices in one call).
 */
export class FirstSending {
  readonly #names = new Names();
  readonly #counts: number[] = [];
  readonly #failed = new Recent<readonly Known[]>(recordsMax, lengthOf);
  readonly #failedCalls = new Recent<readonly (readonly Known[])[]>(recordsMax, (calls) => calls.flat().length);
  /** Contents of fully acknowledged calls. */
  readonly #usual = new Recent<true>(callsMax);
  /** Attempts in flight, by content. */
  readonly #underWay = new Map<string, number>();
  /** Attempts that may have been stored and were not read so far, by content. */
  readonly #unknown = new Recent<readonly Known[]>(recordsMax, lengthOf);

  send(producer: string, records: readonly SentRecord[], earlier: readonly Known[] | undefined): readonly Known[] {
    const contents = records.map(contentOf);
    const whole = earlier ?? (records.length > 1 ? this.#failedCall(contents) : undefined);
    const rest = whole === undefined ? undefined : [...whole];
    const sent: Known[] = [];
    for (let index = 0; index < records.length; index += 1) {
      const content = contents[index] as string;
      const earlierOne = rest === undefined ? undefined : takeFrom(rest, content, index);
      const known = earlierOne ?? this.#failedRecord(content) ?? this.#first(producer, records[index]?.key, content);
      known.underWay += 1;
      this.#underWay.set(content, (this.#underWay.get(content) ?? 0) + 1);
      sent.push(known);
    }
    return sent;
  }

  answered(known: readonly Known[], outcomes: readonly EntryOutcome[]): void {
    for (let index = 0; index < known.length; index += 1) {
      const one = known[index] as Known;
      one.underWay -= 1;
      const left = (this.#underWay.get(one.content) ?? 1) - 1;
      if (left === 0) this.#underWay.delete(one.content);
      else this.#underWay.set(one.content, left);
      if (outcomes[index] === 'acked') one.isAcked = true;
      // Each of these attempts may have been stored, so the record may be read at as many places.
      if (outcomes[index] === 'unknown') add(this.#unknown, one.content, one);
      const isOpen = !one.isAcked && one.underWay === 0;
      if (isOpen && this.#failed.get(one.content)?.includes(one) !== true) add(this.#failed, one.content, one);
    }
    if (known.length < 2) return;
    const content = contentOfAll(known.map((one) => one.content));
    if (outcomes.every((outcome) => outcome === 'acked')) this.#usual.set(content, true);
    if (known.every(({ isAcked }) => isAcked)) return;
    this.#failedCalls.set(content, [...(this.#failedCalls.get(content) ?? []), [...known]]);
  }

  /**
   * An attempt of unknown outcome with this content. A record read at a place that no put was acknowledged for is
   * matched to it, once.
   */
  takeUnknown(content: string): Known | undefined {
    return shift(this.#unknown, content);
  }

  /** True if an attempt with this content is in flight, so that it may be the record that was read. */
  isUnderWay(content: string): boolean {
    return this.#underWay.has(content);
  }

  #failedRecord(content: string): Known | undefined {
    for (;;) {
      const known = shift(this.#failed, content);
      if (known === undefined || (!known.isAcked && known.underWay === 0)) return known;
    }
  }

  #failedCall(contents: readonly string[]): readonly Known[] | undefined {
    if (this.#failedCalls.isEmpty) return undefined;
    const content = contentOfAll(contents);
    if (this.#usual.get(content) === true) return undefined;
    const calls = this.#failedCalls.get(content) ?? [];
    // A call whose records have all been acknowledged since, one by one, will not be retried.
    const open = calls.filter((known) => known.some(({ isAcked }) => !isAcked));
    const at = open.findIndex((known) => known.every(({ underWay }) => underWay === 0));
    const rest = open.toSpliced(at < 0 ? open.length : at, 1);
    if (rest.length === 0) this.#failedCalls.delete(content);
    else this.#failedCalls.set(content, rest);
    return open[at];
  }

  #first(producer: string, key: string | undefined, content: string): Known {
    const id = this.#names.id(`${producer.length}:${producer}${key ?? ''}`);
    const n = this.#counts[id] ?? 0;
    this.#counts[id] = n + 1;
    return { producer, content, n, underWay: 0, isAcked: false };
  }
}

/** The record at the same index, else the first with that content. Each is taken once. */
const takeFrom = (rest: (Known | undefined)[], content: string, index: number): Known | undefined => {
  const at = rest[index]?.content === content ? index : rest.findIndex((known) => known?.content === content);
  const known = rest[at];
  rest[at] = undefined;
  return known;
};

const add = (lists: Recent<readonly Known[]>, content: string, known: Known): void => {
  const list = lists.get(content) ?? [];
  lists.set(
    content,
    [...list, known].sort((a, b) => a.n - b.n),
  );
};

const shift = (lists: Recent<readonly Known[]>, content: string): Known | undefined => {
  const list = lists.get(content);
  if (list === undefined) return undefined;
  const [known, ...rest] = list;
  if (rest.length === 0) lists.delete(content);
  else lists.set(content, rest);
  return known;
};
