import type { Head } from '../../model/event.ts';
import { mustBe } from './not-plain.ts';
import type { ShardFront } from './shard-front.ts';
import type { Slots } from './slots.ts';

/** Arrival times, held as the check on them does: to their puts, and along the shard. Milliseconds. */
export class Arrivals {
  readonly #skew: number;
  readonly #startedAt: number;

  constructor(head: Head | undefined) {
    this.#skew = head?.tolerances?.skewMs ?? 1000;
    this.#startedAt = Date.parse(head?.startedAt ?? '');
  }

  /** Along the shard arrival times may fall by the skew allowed for, and no more. */
  holdRising(shard: ShardFront, arrival: number): void {
    if (Number.isNaN(arrival)) return;
    mustBe(arrival >= shard.latestArrival - this.#skew, 'an arrival time that falls');
    if (arrival > shard.latestArrival) shard.latestArrival = arrival;
  }

  holdToPut(slots: Slots, slot: number): void {
    const arrival = slots.arrival[slot] ?? Number.NaN;
    if (Number.isNaN(arrival) || Number.isNaN(this.#startedAt)) return;
    const sent = this.#startedAt + (slots.putT[slot] ?? 0) / 1000;
    const acked = this.#startedAt + (slots.ackT[slot] ?? 0) / 1000;
    mustBe(arrival >= sent - this.#skew && arrival <= acked + this.#skew, 'an arrival time that does not fit its put');
  }
}
