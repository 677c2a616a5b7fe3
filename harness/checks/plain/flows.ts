import { Bytes, Floats, Ints } from '../../lib/columns.ts';
import { limbsPer } from '../../model/sequences.ts';
import type { Tables } from '../view/tables.ts';
import { compareLimbs, copyLimbs } from './limbs.ts';
import { mustBe } from './not-plain.ts';

type Sent = {
  readonly flow: number;
  readonly isBatch: boolean;
  readonly limbs: Float64Array;
  /** Where in `limbs` the SequenceNumberForOrdering stands, -1: none was said. */
  readonly after: number;
};

/** What is kept of each flow: how far it was sent, what of it is unread, and its last acknowledged number. */
export class Flows {
  readonly #sent = new Floats();
  readonly #head = new Ints();
  readonly #tail = new Ints();
  readonly #acked = new Bytes();
  #ackedLimbs = new Float64Array(limbsPer * 64);
  hasAfter = false;

  /** Every flow counts up from 0. */
  send(flow: number, n: number): void {
    this.#know(flow);
    mustBe(n === this.#sent.at(flow), 'a flow does not count up from 0');
    this.#sent.set(flow, n + 1);
  }

  /** Behind the unread ones: answers the slot before it, -1 for none. */
  append(flow: number, slot: number): number {
    const before = this.#head.at(flow) < 0 ? -1 : this.#tail.at(flow);
    if (before < 0) this.#head.set(flow, slot);
    this.#tail.set(flow, slot);
    return before;
  }

  /** The slot of the next one to be read; -1: none. */
  head(flow: number): number {
    return flow < this.#head.length ? this.#head.at(flow) : -1;
  }

  advance(flow: number, next: number): void {
    this.#head.set(flow, next);
  }

  noteAcked(flow: number, limbs: Float64Array, at: number): void {
    this.#acked.set(flow, 1);
    copyLimbs(limbs, at, this.#ackedLimbs, flow * limbsPer);
  }

  /** P1 to P4. */
  noteMode({ flowMode, flowOpen, flowPuts }: Tables, { flow, isBatch, limbs, after }: Sent): void {
    const isFirst = this.#acked.at(flow) === 0;
    const isChained = after >= 0 && !isFirst && compareLimbs(limbs, after, this.#ackedLimbs, flow * limbsPer) === 0;
    if (after >= 0) {
      this.hasAfter = true;
      // Then the sequence numbers of the flow ascend, and it is above this one.
      mustBe(isChained && flowOpen.at(flow) === 0, 'a SequenceNumberForOrdering that is not the last of its flow');
    }
    const mode = isBatch ? 4 : flowOpen.at(flow) > 0 ? 3 : isChained ? 1 : isFirst ? 0 : 2;
    if (mode > flowMode.at(flow)) flowMode.set(flow, mode);
    flowPuts.set(flow, flowPuts.at(flow) + 1);
  }

  #know(flow: number): void {
    while (this.#sent.length <= flow) {
      this.#sent.push(0);
      this.#head.push(-1);
      this.#tail.push(-1);
      this.#acked.push(0);
    }
    if (flow * limbsPer < this.#ackedLimbs.length) return;
    const larger = new Float64Array(this.#ackedLimbs.length * 2);
    larger.set(this.#ackedLimbs);
    this.#ackedLimbs = larger;
  }
}
