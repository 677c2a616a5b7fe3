/** Where the records of a call are among all records of the run. */
type Span = { readonly first: number; readonly count: number };
export type Held<C> = { readonly call: C; readonly index: number };
type Name = readonly [flow: number, n: number];

/**
 * The records of calls in flight by flow and `n`. To search all calls for each record is quick only while they are
 * few: 50,000 puts without an answer took a minute.
 */
export class OpenIndex<C extends Span> {
  readonly #nameOf: (index: number) => Name;
  readonly #held = new Map<number, Held<C>[]>();
  /** Calls whose records are not in `#held` yet. */
  readonly #fresh: Set<C>;

  /** `calls`: those under way, the oldest first. */
  constructor(calls: Iterable<C>, nameOf: (index: number) => Name) {
    this.#fresh = new Set(calls);
    this.#nameOf = nameOf;
  }

  open(call: C): void {
    this.#fresh.add(call);
  }

  close(call: C): void {
    if (this.#fresh.delete(call)) return;
    for (let index = call.first; index < call.first + call.count; index += 1) {
      const hash = hashOf(this.#nameOf(index));
      const rest = this.#held.get(hash)?.filter((held) => held.call !== call) ?? [];
      if (rest.length === 0) this.#held.delete(hash);
      else this.#held.set(hash, rest);
    }
  }

  /** Of several such records, the one that was sent first. */
  find(flow: number, n: number): Held<C> | undefined {
    for (const call of this.#fresh) this.#add(call);
    this.#fresh.clear();
    return this.#held.get(hashOf([flow, n]))?.find(({ index }) => {
      const [ownFlow, ownN] = this.#nameOf(index);
      return ownFlow === flow && ownN === n;
    });
  }

  #add(call: C): void {
    for (let index = call.first; index < call.first + call.count; index += 1) {
      const hash = hashOf(this.#nameOf(index));
      const known = this.#held.get(hash);
      if (known === undefined) this.#held.set(hash, [{ call, index }]);
      else known.push({ call, index });
    }
  }
}

/** Two records may have the same hash, so their names are compared, too. */
const hashOf = ([flow, n]: Name): number => (Math.imul(flow, 0x9e3779b1) ^ Math.imul(n, 0x85ebca6b)) >>> 0;
