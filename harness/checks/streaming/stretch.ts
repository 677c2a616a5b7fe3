import { compareLimbs, copyLimbs, limbsPer } from '../../model/sequences.ts';
import { Recent } from './recent.ts';
import { ShardQueue } from './shard-queue.ts';

/**
 * What a reader left out that began further on in a shard: records that were acknowledged before, for others to read.
 * No record comes into it any more. Where others had begun already, they go on in it.
 */
export class Stretch {
  readonly queue = new ShardQueue();
  /** As of the front of a shard. */
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
  /** Nothing in it arrived then or later: a reader was asked for all since. Milliseconds. */
  until = Number.POSITIVE_INFINITY;
  /** What comes behind it; undefined: what the front of the shard reads. */
  next: Stretch | undefined;

  /** A row of the front of another queue, to the end of this one. */
  take(from: ShardQueue): void {
    copyLimbs(from.ints, from.at, this.end, 0);
    this.queue.appendRow(from);
    from.shift();
  }

  isFirst(limbs: Int32Array, from: number): boolean {
    return compareLimbs(this.first, 0, limbs, from) === 0;
  }
}
