import { limbsPer } from '../../model/sequences.ts';
import { foreignFlow } from './delivered.ts';
import { rowFlag } from './shard-queue.ts';

/** Integers per entry: a call, its first record in the shard, and the record that came behind its run. */
const perEntry = 5;
const entriesMin = 16;
const entriesMax = 1024;
const nobody = -1;

/** `place`: the number of a foreign record, whose flow is `foreignFlow`. */
type Place = { readonly flow: number; readonly n: number; readonly place?: Int32Array | undefined };

/** A call whose records lie apart in one shard: its first and last record there, and the first record between. */
export type Apart = { readonly call: number; readonly first: Place; readonly between: Place; last: Place };

/**
 * Of one shard: the call of the record that the front got last, and recent calls that may go on. The records of a
 * PutRecords call need not follow one another.
 */
export class CallRuns {
  /** The call of the last record; -1: none. */
  call = nobody;
  #firstFlow = 0;
  #firstN = 0;
  #isMany = false;
  #apart: Apart | undefined;
  /** A ring of calls that another record followed, the latest last. */
  #ring = new Int32Array(0);
  #aparts: (Apart | undefined)[] = [];
  /** By entry: the number of the record that came behind, if that is foreign. */
  #places: (Int32Array | undefined)[] = [];
  #at = 0;

  /** The next record is of no call. */
  leave(): void {
    this.#suspend(nobody, 0, 0);
    this.call = nobody;
  }

  /** The next record is foreign. */
  meetForeign(limbs: Int32Array, from: number, inFlight: number): void {
    if (this.call !== nobody && this.#isMany)
      this.#suspend(foreignFlow, 0, inFlight, limbs.slice(from, from + limbsPer));
    this.call = nobody;
  }

  /** A record that the front got is of no call. For a call that it followed, it is unknown what came between. */
  disown(flow: number, n: number): void {
    for (let at = 0; at < this.#ring.length; at += perEntry)
      if (this.#ring[at + 3] === flow && this.#ring[at + 4] === n) this.#ring[at + 3] = nobody;
  }

  /** True if the front got a record of this call lately. */
  holds(call: number): boolean {
    return call === this.call || this.#find(call) >= 0;
  }

  /**
   * Takes the next record, with the flags of its row. `inFlight`: how many calls may lie between. Returns the call
   * once, when its records are found to lie apart; a text if that cannot be told; else undefined. It runs for each
   * record of a history, so it makes no object unless a call lies apart.
   */
  take(call: number, flow: number, n: number, flags: number, inFlight: number): Apart | string | undefined {
    const isFirst = (flags & rowFlag.isFirst) !== 0;
    if (call === this.call) {
      if (isFirst) return mixed;
      if (this.#apart !== undefined) this.#apart.last = { flow, n };
      return undefined;
    }
    const isMarker = (flags & rowFlag.isMarker) !== 0;
    this.#suspend(isMarker ? nobody : flow, n, inFlight);
    if (!isFirst) return isMarker ? mixed : this.#resume(call, { flow, n });
    this.#begin(call, flow, n, (flags & rowFlag.isMany) !== 0);
    return undefined;
  }

  #begin(call: number, flow: number, n: number, isMany: boolean): void {
    this.call = call;
    this.#firstFlow = flow;
    this.#firstN = n;
    this.#isMany = isMany;
    this.#apart = undefined;
  }

  #resume(call: number, last: Place): Apart | string | undefined {
    const at = this.#find(call);
    const [, firstFlow = 0, firstN = 0, flow = nobody, n = 0] = this.#ring.subarray(at * perEntry, (at + 1) * perEntry);
    if (at < 0 || flow === nobody) return mixed;
    const known = this.#aparts[at];
    this.#begin(call, firstFlow, firstN, true);
    const between: Place = { flow, n, place: this.#places[at] };
    this.#apart = known ?? { call, first: { flow: firstFlow, n: firstN }, between, last };
    this.#apart.last = last;
    return known === undefined ? this.#apart : undefined;
  }

  /** The next record is of another call, or of none (`flow` -1). */
  #suspend(flow: number, n: number, inFlight: number, place?: Int32Array): void {
    if (this.call === nobody || !this.#isMany) return;
    this.#makeRoom(inFlight);
    const at = this.#at * perEntry;
    this.#ring[at] = this.call;
    this.#ring[at + 1] = this.#firstFlow;
    this.#ring[at + 2] = this.#firstN;
    this.#ring[at + 3] = flow;
    this.#ring[at + 4] = n;
    this.#aparts[this.#at] = this.#apart;
    this.#places[this.#at] = place;
    this.#at = (this.#at + 1) % (this.#ring.length / perEntry);
  }

  /** Index of the latest entry of the call; -1: none. */
  #find(call: number): number {
    const size = this.#ring.length / perEntry;
    for (let back = 1; back <= size; back += 1) {
      const at = (this.#at - back + size) % size;
      if (this.#ring[at * perEntry] === call) return at;
    }
    return -1;
  }

  /** The ring has four entries for each call in flight: if calls are sent one by one, few lie between. */
  #makeRoom(inFlight: number): void {
    const size = this.#ring.length / perEntry;
    const wanted = Math.min(entriesMax, Math.max(entriesMin, 4 * inFlight));
    if (size >= wanted) return;
    const larger = new Int32Array(2 ** Math.ceil(Math.log2(wanted)) * perEntry).fill(nobody);
    // The oldest first.
    for (let back = size; back >= 1; back -= 1) {
      const at = (this.#at - back + size) % size;
      larger.set(this.#ring.subarray(at * perEntry, (at + 1) * perEntry), (size - back) * perEntry);
    }
    const inOrder = <T>(all: readonly T[]) =>
      Array.from({ length: size }, (_, index) => all[(this.#at + index) % size]);
    this.#aparts = inOrder(this.#aparts);
    this.#places = inOrder(this.#places);
    this.#ring = larger;
    this.#at = size;
  }
}

const mixed = 'records of others between those of one call, and not known which';
