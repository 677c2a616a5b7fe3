import { compareLimbs, copyLimbs, limbsPer } from '../../model/sequences.ts';
import { Recent } from './recent.ts';
import { ShardQueue } from './shard-queue.ts';

/**
 * Records that a reader left out because it began further on in a shard. They were acknowledged before, and others are
 * to read them. No record is added any more. Readers that began before go on in it.
 */
export class Stretch {
  readonly queue = new ShardQueue();
  /** As in `ShardFront`. */
  count = 0;
  one = 0;
  two = 0;
  recent = new Recent();
  readonly first = new Int32Array(limbsPer);
  latestArrival = Number.NEGATIVE_INFINITY;
  earliestArrival = Number.POSITIVE_INFINITY;
  latestPutT = Number.NEGATIVE_INFINITY;
  /** The number of its last record. */
  readonly end = new Int32Array(limbsPer);
  /** Its records arrived before this time: a reader asked for all records since then. Milliseconds. */
  until = Number.POSITIVE_INFINITY;
  /** The stretch behind it; undefined: the front of the shard. */
  next: Stretch | undefined;

  /** Moves the current row of another queue to the end of this one. */
  take(from: ShardQueue): void {
    copyLimbs(from.ints, from.at, this.end, 0);
    this.queue.appendRow(from);
    from.shift();
  }

  isFirst(limbs: Int32Array, from: number): boolean {
    return compareLimbs(this.first, 0, limbs, from) === 0;
  }
}
