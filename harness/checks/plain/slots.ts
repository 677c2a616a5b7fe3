import { limbsPer } from '../../model/sequences.ts';

const nobody = -1;

/**
 * What is known of each record that was sent and not yet both acknowledged and read: rows of columns, handed out and taken back, so that memory follows what is on its
 * way and not what has passed.
 */
export class Slots {
  flow = new Int32Array(0);
  n = new Float64Array(0);
  op = new Int32Array(0);
  /** The next record of the same call, and the next unread one of the same flow; -1: none. */
  nextOfOp = new Int32Array(0);
  nextOfFlow = new Int32Array(0);
  /** Where it was acknowledged, or read, whichever came first; -1: neither. */
  shard = new Int32Array(0);
  limbs = new Float64Array(0);
  isAcked = new Uint8Array(0);
  isRead = new Uint8Array(0);
  /** It is the lowest of its call in its shard; read before it was acknowledged, whether it must be. */
  isFirst = new Uint8Array(0);
  isSentinel = new Uint8Array(0);
  hasDigest = new Uint8Array(0);
  high = new Int32Array(0);
  low = new Int32Array(0);
  putT = new Float64Array(0);
  ackT = new Float64Array(0);
  /** NaN: not told. */
  arrival = new Float64Array(0);
  #free = nobody;
  #used = 0;
  inUse = 0;

  take(): number {
    this.inUse += 1;
    if (this.#free >= 0) {
      const slot = this.#free;
      this.#free = this.nextOfOp[slot] ?? nobody;
      return slot;
    }
    if (this.#used === this.flow.length) this.#grow(Math.max(1024, this.#used * 2));
    this.#used += 1;
    return this.#used - 1;
  }

  release(slot: number): void {
    this.inUse -= 1;
    this.nextOfOp[slot] = this.#free;
    this.#free = slot;
  }

  #grow(size: number): void {
    this.flow = grown(this.flow, new Int32Array(size));
    this.n = grown(this.n, new Float64Array(size));
    this.op = grown(this.op, new Int32Array(size));
    this.nextOfOp = grown(this.nextOfOp, new Int32Array(size));
    this.nextOfFlow = grown(this.nextOfFlow, new Int32Array(size));
    this.shard = grown(this.shard, new Int32Array(size));
    this.limbs = grown(this.limbs, new Float64Array(size * limbsPer));
    this.isAcked = grown(this.isAcked, new Uint8Array(size));
    this.isRead = grown(this.isRead, new Uint8Array(size));
    this.isFirst = grown(this.isFirst, new Uint8Array(size));
    this.isSentinel = grown(this.isSentinel, new Uint8Array(size));
    this.hasDigest = grown(this.hasDigest, new Uint8Array(size));
    this.high = grown(this.high, new Int32Array(size));
    this.low = grown(this.low, new Int32Array(size));
    this.putT = grown(this.putT, new Float64Array(size));
    this.ackT = grown(this.ackT, new Float64Array(size));
    this.arrival = grown(this.arrival, new Float64Array(size));
  }
}

const grown = <A extends Int32Array | Float64Array | Uint8Array>(from: A, to: A): A => {
  to.set(from);
  return to;
};
