import type { Records } from '../index/records.ts';
import type { Flows } from './flows.ts';

/** Where more records than this, and a quarter of all, are anomalous, the full judge costs less than two readings. */
const recordsMin = 4096;
const share = 4;

/** One record of a flow; the key of a flow, with all its records, whoever wrote them; or every line. */
export type Part = { readonly flow: number; readonly n: number } | { readonly keyOf: number } | 'all';
/** Takes what is not proved, and why. Nothing is thrown: whoever spills returns, and what follows says no more. */
export type Spill = (part: Part, why: string) => void;

/**
 * What cannot be proved while a history is read. Single records and keys (a copy, a record that was given up, a key out
 * of its order) are kept on a second reading, and judged by themselves: no other record can have a part in what is
 * found of them. Once `all` is spilled, nothing else counts: every line is judged.
 */
export class Spills {
  readonly #records: Records;
  readonly #flows: Flows;
  readonly #sent: () => number;
  readonly #keys = new Set<number>();
  /** Single records of flows that are plain for the rest: by flow, their numbers. */
  readonly #single = new Map<number, Set<number>>();
  #count = 0;
  /** Why the first part was spilled, and why all were; undefined: they were not. */
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
    // It may be met here for the first time.
    this.#flows.know(flow, this.hasKeyOf);
    const key = this.#records.flowKey.at(flow);
    this.why ??= why;
    this.#keys.add(key);
    for (const one of this.#records.flowsOfKey(key)) this.#count += this.#flows.setAside(one);
    this.#hold();
  }

  /** Of a flow that is plain for the rest, sent and acknowledged. */
  #spillRecord({ flow, n }: Exclude<Part, 'all' | { readonly keyOf: number }>, why: string): void {
    if (this.#flows.isAside(flow)) return;
    this.why ??= why;
    const numbers = this.#single.get(flow) ?? new Set<number>();
    this.#single.set(flow, numbers);
    if (numbers.has(n)) return;
    numbers.add(n);
    this.noteSent();
  }

  /** One more of a key that was spilled. */
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
