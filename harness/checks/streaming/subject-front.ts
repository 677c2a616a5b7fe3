import { belowAll, compareLimbs, copyLimbs } from '../../model/sequences.ts';
import type { Delivered } from './delivered.ts';
import { partsOf, recordOne, recordTwo, sumOne, sumTwo } from './sums.ts';

/** A sum over parts of records. The same records have the same sum, in any order. */
class PartSum {
  one = 0;
  two = 0;

  add(limbs: Int32Array, at: number, part: Delivered): void {
    const parts = partsOf(limbs, at, part);
    this.one = (this.one + recordOne(parts)) | 0;
    this.two = (this.two + recordTwo(parts)) | 0;
  }

  isSame({ one, two }: PartSum): boolean {
    return one === this.one && two === this.two;
  }
}

/**
 * Sums over records of a shard, by which consumers are compared: the place, and the identity and digest if they are
 * told. Contract, rule 14.
 */
export class GivenSums {
  count = 0;
  #named = 0;
  #digests = 0;
  readonly #places = new PartSum();
  readonly #names = new PartSum();
  readonly #bytes = new PartSum();
  readonly #whole = new PartSum();

  add(limbs: Int32Array, at: number, record: Delivered, isNamed: boolean): void {
    this.count += 1;
    this.#digests += record.hasDigest;
    if (isNamed) this.#named += 1;
    this.#places.add(limbs, at, nothing);
    this.#names.add(limbs, at, takePart(record, true, false));
    this.#bytes.add(limbs, at, takePart(record, false, true));
    this.#whole.add(limbs, at, takePart(record, true, true));
  }

  /**
   * True if these are the records of `all`, each of which has an identity, as far as both tell. False if only some
   * tell.
   */
  agreesWith(all: GivenSums): boolean {
    const isNamed = this.#named === this.count;
    const isOfBytes = this.#digests === this.count && all.#digests === all.count;
    const isTold = (isNamed || this.#named === 0) && (isOfBytes || this.#digests === 0 || all.#digests === 0);
    if (!isTold || this.count !== all.count) return false;
    if (isNamed) return isOfBytes ? this.#whole.isSame(all.#whole) : this.#names.isSame(all.#names);
    return isOfBytes ? this.#bytes.isSame(all.#bytes) : this.#places.isSame(all.#places);
  }
}

const nothing: Delivered = { flow: 0, n: 0, sub: 0, hasDigest: 0, high: 0, low: 0, arrival: Number.NaN };
/** One object is used again for every record. The arrival time does not count. */
const part: Delivered = { ...nothing };

const takePart = (record: Delivered, hasName: boolean, hasBytes: boolean): Delivered => {
  part.flow = hasName ? record.flow : 0;
  part.n = hasName ? record.n : 0;
  part.hasDigest = hasBytes ? record.hasDigest : 0;
  part.high = hasBytes ? record.high : 0;
  part.low = hasBytes ? record.low : 0;
  return part;
};

/** How far an application got through the numbers of a shard, and its first and last line there; 0: none yet. */
class Walk {
  count = 0;
  one = 0;
  two = 0;
  firstLine = 0;
  lastLine = 0;
  readonly last = belowAll();

  /** Returns false if the number is not above the last one. */
  go(limbs: Int32Array, at: number, line: number): boolean {
    if (compareLimbs(limbs, at, this.last, 0) <= 0) return false;
    copyLimbs(limbs, at, this.last, 0);
    this.count += 1;
    this.one = (this.one + sumOne(limbs, at)) | 0;
    this.two = (this.two + sumTwo(limbs, at)) | 0;
    if (this.firstLine === 0) this.firstLine = line;
    this.lastLine = line;
    return true;
  }

  isSame({ count, one, two }: Walk): boolean {
    return count === this.count && one === this.one && two === this.two;
  }
}

/** What one application got of a shard, and reported. Each method returns why that is not plain, or undefined. */
export class SubjectFront {
  readonly given = new Walk();
  readonly done = new Walk();
  readonly sums = new GivenSums();
  readonly markers = new GivenSums();
  #worker: string | undefined;
  readonly #checkpoint = belowAll();
  #isClosed = false;

  /** Takes a page with records of this worker. */
  own(worker: string | undefined): string | undefined {
    if (worker === undefined || worker === this.#worker) return undefined;
    if (this.#worker !== undefined) return 'a shard that several workers of a consumer under test had';
    this.#worker = worker;
    return undefined;
  }

  deliver(limbs: Int32Array, at: number, line: number): string | undefined {
    if (this.#isClosed) return 'a delivery behind the last checkpoint of a shard';
    return this.given.go(limbs, at, line) ? undefined : 'a consumer under test that was given a record again';
  }

  finish(limbs: Int32Array, line: number): string | undefined {
    if (compareLimbs(limbs, 0, this.given.last, 0) > 0) return 'a record that was done before it was delivered';
    if (this.#isClosed || compareLimbs(limbs, 0, this.#checkpoint, 0) <= 0)
      return 'a record that was done after a checkpoint behind it';
    return this.done.go(limbs, 0, line) ? undefined : 'records that were done in another order, or twice';
  }

  checkpoint(limbs: Int32Array): string | undefined {
    if (this.#isClosed || compareLimbs(limbs, 0, this.#checkpoint, 0) < 0) return 'a checkpoint that goes back';
    if (compareLimbs(limbs, 0, this.given.last, 0) > 0) return 'a checkpoint ahead of what was delivered';
    copyLimbs(limbs, 0, this.#checkpoint, 0);
    return undefined;
  }

  /** A checkpoint at the end of the shard. */
  close(): void {
    this.#isClosed = true;
  }
}
