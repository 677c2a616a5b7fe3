import type { Head } from '../../model/event.ts';
import type { Spill } from './spills.ts';

/** Checks arrival times (milliseconds) as the claim on them does: against their puts, and along the shard. */
export class Arrivals {
  readonly #spill: Spill;
  readonly #skew: number;
  readonly #startedAt: number;

  constructor(head: Head | undefined, spill: Spill) {
    this.#spill = spill;
    this.#skew = head?.tolerances?.skewMs ?? 1000;
    this.#startedAt = Date.parse(head?.startedAt ?? '');
  }

  /** Along a shard, arrival times may fall by the tolerated skew, not by more. */
  holdRising(shard: { latestArrival: number }, arrival: number): void {
    if (Number.isNaN(arrival)) return;
    if (arrival < shard.latestArrival - this.#skew) return this.#spill('all', 'an arrival time that falls');
    shard.latestArrival = Math.max(shard.latestArrival, arrival);
  }

  /** `latest`: the latest arrival of the records before. `earliest`: the earliest of the records behind them. */
  holdBehind(latest: number, earliest: number): void {
    if (earliest < latest - this.#skew) this.#spill('all', 'an arrival time that falls');
  }

  /** `putT`, `ackT`: microseconds of the run. */
  holdToPut(arrival: number, putT: number, ackT: number): void {
    if (Number.isNaN(arrival) || Number.isNaN(this.#startedAt)) return;
    const isWithin =
      arrival >= this.#startedAt + putT / 1000 - this.#skew && arrival <= this.#startedAt + ackT / 1000 + this.#skew;
    if (!isWithin) this.#spill('all', 'an arrival time that does not fit its put');
  }
}
