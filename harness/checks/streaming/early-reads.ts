import { areSame, copyLimbs, limbsPer } from '../../model/sequences.ts';

type Told = Pick<EarlyRead, 'shard' | 'sub' | 'arrival' | 'isFirst' | 'isAgain'>;

/** A record that was read before it was acknowledged: where, and what its acknowledgement must say. */
export class EarlyRead {
  readonly limbs = new Int32Array(limbsPer);
  readonly shard: number;
  readonly sub: number;
  readonly arrival: number;
  /** It is the first of its call in its shard. */
  readonly isFirst: boolean;
  /** An earlier attempt to send it failed. */
  readonly isAgain: boolean;

  constructor(limbs: Int32Array, at: number, told: Told) {
    copyLimbs(limbs, at, this.limbs, 0);
    this.shard = told.shard;
    this.sub = told.sub;
    this.arrival = told.arrival;
    this.isFirst = told.isFirst;
    this.isAgain = told.isAgain;
  }

  isAt(shard: number, limbs: Int32Array, at: number): boolean {
    return this.shard === shard && areSame(this.limbs, 0, limbs, at);
  }
}

/** Early reads that wait for their acknowledgement, by a small index that is used again. */
export class EarlyReads {
  readonly #reads: (EarlyRead | undefined)[] = [];
  readonly #free: number[] = [];

  add(read: EarlyRead): number {
    const index = this.#free.pop() ?? this.#reads.length;
    this.#reads[index] = read;
    return index;
  }

  take(index: number): EarlyRead {
    const read = this.#reads[index] as EarlyRead;
    this.#reads[index] = undefined;
    this.#free.push(index);
    return read;
  }
}
