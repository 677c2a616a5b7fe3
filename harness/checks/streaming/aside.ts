import type { Records } from '../index/records.ts';
import type { Flows } from './flows.ts';
import { mustBe } from './not-plain.ts';

/** Where more records than this, and a quarter of all, are anomalous, the full judge costs less than two readings. */
const recordsMin = 4096;
const share = 4;

/**
 * Anomalous records and keys of a history that the streaming judge can follow: a copy, a record that was given up, a
 * key out of its order. They are set aside. A second reading keeps these records alone, and the full judge looks at
 * them: no other record can have a part in what is found of them.
 */
export class Aside {
  readonly #records: Records;
  readonly #flows: Flows;
  readonly #keys = new Set<number>();
  /** Single records of flows that are plain for the rest: by flow, their numbers. */
  readonly #single = new Map<number, Set<number>>();
  #count = 0;
  /** The first that was met. */
  why: string | undefined;

  constructor(records: Records, flows: Flows) {
    this.#records = records;
    this.#flows = flows;
  }

  get isEmpty(): boolean {
    return this.why === undefined;
  }

  readonly hasKeyOf = (flow: number): boolean => this.#keys.has(this.#records.flowKey.at(flow));

  /** All records of the flow's key, whoever wrote them. `sent`: how many records were sent so far. */
  addKeyOf(flow: number, why: string, sent: number): void {
    const key = this.#records.flowKey.at(flow);
    this.why ??= why;
    this.#keys.add(key);
    for (const one of this.#records.flowsOfKey(key)) this.#count += this.#flows.setAside(one);
    this.#hold(sent);
  }

  /** One more of a key that is set aside. */
  noteSent(sent: number): void {
    this.#count += 1;
    this.#hold(sent);
  }

  /** One record of a flow that is plain for the rest, and was sent and acknowledged. */
  addRecord(flow: number, n: number, why: string, sent: number): void {
    if (this.#flows.isAside(flow)) return;
    this.why ??= why;
    const numbers = this.#single.get(flow) ?? new Set<number>();
    this.#single.set(flow, numbers);
    if (numbers.has(n)) return;
    numbers.add(n);
    this.#count += 1;
    this.#hold(sent);
  }

  #hold(sent: number): void {
    mustBe(this.#count <= recordsMin + sent / share, 'much that is odd');
  }

  holds(flow: number, n: number): boolean {
    return this.#flows.isAside(flow) || this.#single.get(flow)?.has(n) === true;
  }

  /** Flows that are plain but for single records, with these. */
  *single(): Generator<readonly [flow: number, numbers: ReadonlySet<number>]> {
    for (const [flow, numbers] of this.#single) if (!this.#flows.isAside(flow)) yield [flow, numbers];
  }
}
