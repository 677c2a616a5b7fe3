import type { Records } from '../index/records.ts';
import type { Flows } from './flows.ts';

/** If more records than this, plus a quarter of all, are set aside, the full judge costs less than two readings. */
const recordsMin = 4096;
const share = 4;

/** One record of a flow; the key of a flow, with all its records of all producers; or every line. */
export type Part = { readonly flow: number; readonly n: number } | { readonly keyOf: number } | 'all';
/**
 * Takes a part that cannot be proved, with the reason. Never throws: the caller must return. After `all`, later parts
 * are ignored.
 */
export type Spill = (part: Part, why: string) => void;

/**
 * What cannot be proved while a history is read. Single records and keys (a copy, a record that was given up, a key
 * out of order) are kept by a second reading, and judged by themselves: no other record can be part of their findings.
 * Once `all` is spilled, nothing else counts: every line is judged.
 */
export class Spills {
  readonly #records: Records;
  readonly #flows: Flows;
  readonly #sent: () => number;
  readonly #keys = new Set<number>();
  /** By flow: the `n`s of its spilled records. The rest of such a flow is plain. */
  readonly #single = new Map<number, Set<number>>();
  #count = 0;
  /** Why the first record or key was spilled, and why everything was; undefined: it was not. */
  why: string | undefined;
  all: string | undefined;

  /** `sent`: how many records were sent so far. */
  constructor(records: Records, flows: Flows, sent: () => number) {
    this.#records = records;
    this.#flows = flows;
    this.#sent = sent;
  }

  get isEmpty(): boolean {
    return this.why === undefined;
  }

  readonly hasKeyOf = (flow: number): boolean => this.#keys.has(this.#records.flowKey.at(flow));

  readonly spill: Spill = (part, why) => {
    if (this.all !== undefined) return;
    if (part === 'all') this.all = why;
    else if ('keyOf' in part) this.#spillKeyOf(part.keyOf, why);
    else this.#spillRecord(part, why);
  };

  #spillKeyOf(flow: number, why: string): void {
    // The flow may be new.
    this.#flows.know(flow, this.hasKeyOf);
    const key = this.#records.flowKey.at(flow);
    this.why ??= why;
    this.#keys.add(key);
    for (const one of this.#records.flowsOfKey(key)) this.#count += this.#flows.setAside(one);
    this.#hold();
  }

  /** Spills one record. The rest of its flow stays plain, and the record was sent and acknowledged. */
  #spillRecord({ flow, n }: Exclude<Part, 'all' | { readonly keyOf: number }>, why: string): void {
    if (this.#flows.isAside(flow)) return;
    this.why ??= why;
    const numbers = this.#single.get(flow) ?? new Set<number>();
    this.#single.set(flow, numbers);
    if (numbers.has(n)) return;
    numbers.add(n);
    this.noteSent();
  }

  /** Counts one more record that is spilled, alone or with its key. */
  noteSent(): void {
    this.#count += 1;
    this.#hold();
  }

  #hold(): void {
    if (this.#count > recordsMin + this.#sent() / share) this.spill('all', 'too many records to set aside');
  }

  holds(flow: number, n: number): boolean {
    return this.#flows.isAside(flow) || this.#single.get(flow)?.has(n) === true;
  }

  /** Flows that are plain but for single records, with these. */
  *single(): Generator<readonly [flow: number, numbers: ReadonlySet<number>]> {
    for (const [flow, numbers] of this.#single) if (!this.#flows.isAside(flow)) yield [flow, numbers];
  }
}
