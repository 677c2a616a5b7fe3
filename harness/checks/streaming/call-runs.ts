/** Integers an entry: a call, its first record in the shard, and the record that came behind its first run. */
const perEntry = 5;
const entriesMin = 16;
const entriesMax = 1024;
const nobody = -1;

/** A record as the front goes past it. */
export type Passed = {
  readonly call: number;
  readonly flow: number;
  readonly n: number;
  /** Its call has other records. */
  readonly isMany: boolean;
  /** False: an end marker, or what nobody acknowledged. */
  readonly isOrdinary: boolean;
};

/** A call of which records lie apart in one shard: its first and last record there, and the first one between. */
export class Apart {
  readonly call: number;
  readonly flows: readonly [first: number, between: number];
  readonly ns: readonly [first: number, between: number];
  lastFlow = 0;
  lastN = 0;

  constructor(call: number, entry: Int32Array) {
    const [, firstFlow = 0, firstN = 0, flow = 0, n = 0] = entry;
    this.call = call;
    this.flows = [firstFlow, flow];
    this.ns = [firstN, n];
  }
}

/**
 * Of one shard, the call whose records the front goes past, and those that it went past lately and that may go on: the
 * records of a PutRecords need not follow one another.
 */
export class CallRuns {
  /** That of the last record; -1: none. */
  call = nobody;
  #firstFlow = 0;
  #firstN = 0;
  #isMany = false;
  #apart: Apart | undefined;
  /** Calls that others followed, the latest last, in a ring. */
  #ring = new Int32Array(0);
  #aparts: (Apart | undefined)[] = [];
  #at = 0;

  /** What follows is of no call. */
  leave(): void {
    this.#suspend(nobody, 0, 0);
    this.call = nobody;
  }

  /** Did the front go past a record of this call lately? */
  holds(call: number): boolean {
    return call === this.call || this.#find(call) >= 0;
  }

  /**
   * The next record. `isFirst`: the first of its call in the shard. `inFlight`: so many calls may lie between.
   * Answers the call when its records are found to lie apart; or, as a text, why that cannot be told.
   */
  take(record: Passed, isFirst: boolean, inFlight: number): Apart | string | undefined {
    const { call, flow, n } = record;
    if (call === this.call) {
      if (isFirst) return mixed;
      this.#note(flow, n);
      return undefined;
    }
    this.#suspend(record.isOrdinary ? flow : nobody, n, inFlight);
    return isFirst ? this.#begin(record) : this.#resume(record);
  }

  #begin({ call, flow, n, isMany }: Passed): undefined {
    this.call = call;
    this.#firstFlow = flow;
    this.#firstN = n;
    this.#isMany = isMany;
    this.#apart = undefined;
  }

  #resume({ call, flow, n, isOrdinary }: Passed): Apart | string | undefined {
    const at = this.#find(call);
    const entry = this.#ring.subarray(at * perEntry, (at + 1) * perEntry);
    if (at < 0 || !isOrdinary || entry[3] === nobody) return mixed;
    const known = this.#aparts[at];
    const [, firstFlow = 0, firstN = 0] = entry;
    this.#begin({ call, flow: firstFlow, n: firstN, isMany: true, isOrdinary });
    this.#apart = known ?? new Apart(call, entry);
    this.#note(flow, n);
    return known === undefined ? this.#apart : undefined;
  }

  #note(flow: number, n: number): void {
    if (this.#apart === undefined) return;
    this.#apart.lastFlow = flow;
    this.#apart.lastN = n;
  }

  /** A record of somebody else follows; -1: of nobody. */
  #suspend(flow: number, n: number, inFlight: number): void {
    if (this.call === nobody || !this.#isMany) return;
    this.#makeRoom(inFlight);
    const at = this.#at * perEntry;
    this.#ring[at] = this.call;
    this.#ring[at + 1] = this.#firstFlow;
    this.#ring[at + 2] = this.#firstN;
    this.#ring[at + 3] = flow;
    this.#ring[at + 4] = n;
    this.#aparts[this.#at] = this.#apart;
    this.#at = (this.#at + 1) % (this.#ring.length / perEntry);
  }

  /** Where the latest entry of the call is; -1: there is none. */
  #find(call: number): number {
    const size = this.#ring.length / perEntry;
    for (let back = 1; back <= size; back += 1) {
      const at = (this.#at - back + size) % size;
      if (this.#ring[at * perEntry] === call) return at;
    }
    return -1;
  }

  /** Where calls are sent one by one, few lie between. */
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
    const order = Array.from({ length: size }, (_, index) => this.#aparts[(this.#at + index) % size]);
    this.#aparts = order;
    this.#ring = larger;
    this.#at = size;
  }
}

const mixed = 'records of others between those of one call, and not known which';
