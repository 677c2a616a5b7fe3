import { Floats, Ints } from '../../lib/columns.ts';
import { Names } from '../../lib/names.ts';

/**
 * Who is who: a record of the workload is known by (producer, key, n). A `flow` is one (producer, key); a record is an
 * integer. Records without identity of their own (a put without n) get a record too, with n = -1.
 */
export class Records {
  readonly producers = new Names();
  readonly keys = new Names();
  /** Per flow. */
  readonly flowProducer = new Ints();
  readonly flowKey = new Ints();
  /** Per record. */
  readonly flow = new Ints();
  readonly n = new Floats();
  /** Its latest attempt, or -1. */
  readonly lastEntry = new Ints();
  /** By producer, then by key: the flow plus one; 0: none. */
  readonly #flows: Ints[] = [];
  readonly #dense: (number[] | undefined)[] = [];
  readonly #sparse: (Map<number, number> | undefined)[] = [];

  /** By the ids of its producer and its key. */
  flowOf(producer: number, key: number): number {
    const flows = this.#flows[producer] ?? this.#flowsOfNew(producer);
    const known = key < flows.length ? flows.at(key) : 0;
    if (known > 0) return known - 1;
    const flow = this.flowProducer.push(producer);
    this.flowKey.push(key);
    while (flows.length <= key) flows.push(0);
    flows.set(key, flow + 1);
    return flow;
  }

  /** The flows of a key, of all producers. */
  *flowsOfKey(key: number): Generator<number> {
    for (const flows of this.#flows) {
      const known = flows !== undefined && key < flows.length ? flows.at(key) : 0;
      if (known > 0) yield known - 1;
    }
  }

  #flowsOfNew(producer: number): Ints {
    const made = new Ints();
    this.#flows[producer] = made;
    return made;
  }

  /**
   * The record (flow, n), created if it is new. Numbers that are far apart go to a map, so that a large number never
   * sizes an array.
   */
  recordOf(flow: number, n: number): number {
    const dense = this.#dense[flow] ?? this.#denseOfNew(flow);
    if (n < dense.length) {
      const known = dense[n] ?? -1;
      if (known >= 0) return known;
      const made = this.#make(flow, n);
      dense[n] = made;
      return made;
    }
    if (n <= dense.length + 64) {
      const strayed = this.#sparse[flow]?.get(n);
      while (dense.length < n) dense.push(this.#sparse[flow]?.get(dense.length) ?? -1);
      const record = strayed ?? this.#make(flow, n);
      dense.push(record);
      return record;
    }
    return this.#strayed(flow, n);
  }

  #denseOfNew(flow: number): number[] {
    const made: number[] = [];
    this.#dense[flow] = made;
    return made;
  }

  anonymous(flow: number): number {
    return this.#make(flow, -1);
  }

  get count(): number {
    return this.flow.length;
  }

  get flows(): number {
    return this.flowProducer.length;
  }

  producerName(record: number): string {
    return this.producers.name(this.flowProducer.at(this.flow.at(record)));
  }

  keyName(record: number): string {
    return this.keys.name(this.flowKey.at(this.flow.at(record)));
  }

  #strayed(flow: number, n: number): number {
    const sparse = this.#sparse[flow] ?? new Map<number, number>();
    this.#sparse[flow] = sparse;
    const known = sparse.get(n);
    if (known !== undefined) return known;
    const made = this.#make(flow, n);
    sparse.set(n, made);
    return made;
  }

  #make(flow: number, n: number): number {
    this.flow.push(flow);
    this.lastEntry.push(-1);
    return this.n.push(n);
  }
}
