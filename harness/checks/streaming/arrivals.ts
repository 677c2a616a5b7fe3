import type { Head } from '../../model/event.ts';
import type { Spill } from './spills.ts';

/** Arrival times, held as the check on them does: to their puts, and along the shard. Milliseconds. */
export class Arrivals {
  readonly #spill: Spill;
  readonly #skew: number;
  readonly #startedAt: number;

  constructor(head: Head | undefined, spill: Spill) {
    this.#spill = spill;
    this.#skew = head?.tolerances?.skewMs ?? 1000;
    this.#startedAt = Date.parse(head?.startedAt ?? '');
  }

  /** Along the shard arrival times may fall by the skew allowed for, and no more. */
  holdRising(shard: { latestArrival: number }, arrival: number): void {
    if (Number.isNaN(arrival)) return;
    if (arrival < shard.latestArrival - this.#skew) return this.#spill('all', 'an arrival time that falls');
    shard.latestArrival = Math.max(shard.latestArrival, arrival);
  }

  /** All that lies before may have arrived so much later. */
  holdBehind(latest: number, earliest: number): void {
    if (earliest < latest - this.#skew) this.#spill('all', 'an arrival time that falls');
  }

  /** Microseconds of the run. */
  holdToPut(arrival: number, putT: number, ackT: number): void {
    if (Number.isNaN(arrival) || Number.isNaN(this.#startedAt)) return;
    const isWithin =
      arrival >= this.#startedAt + putT / 1000 - this.#skew && arrival <= this.#startedAt + ackT / 1000 + this.#skew;
    if (!isWithin) this.#spill('all', 'an arrival time that does not fit its put');
  }
}
