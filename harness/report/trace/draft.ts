import { Floats, Ints } from '../../lib/columns.ts';
import { Names } from '../../lib/names.ts';
import { SequenceParts } from '../../model/sequences.ts';
import { PlaceIndex } from './place-index.ts';
import { none } from './trace.ts';

/** A trace while it grows. Each line adds to its columns. */
export class Draft {
  readonly keys = new Names();
  readonly shards = new Names();
  readonly readers = new Names();
  readonly producers = new Names();
  readonly errors = new Names();
  readonly workers = new Names();
  readonly places = new PlaceIndex();
  readonly parts = new SequenceParts();

  readonly flowKey = new Ints();
  readonly flowProducer = new Ints();
  readonly #flows = new Map<number, number>();

  /** The index of each open call, by op. */
  readonly calls = new Map<number, number>();
  readonly callOp = new Ints();
  readonly callLine = new Ints();
  readonly callT = new Floats();
  readonly callAckLine = new Ints();
  readonly callAckT = new Floats();
  readonly callProducer = new Ints();
  readonly callApi = new Ints();
  readonly callOutcome = new Ints();
  readonly callError = new Ints();
  readonly callFirst = new Ints();

  readonly entryFlow = new Ints();
  readonly entryKey = new Ints();
  readonly entryN = new Floats();
  readonly entryPlace = new Ints();
  readonly entryError = new Ints();
  readonly entryHash = new Floats();

  readonly pageLine = new Ints();
  readonly pageT0 = new Floats();
  readonly pageT = new Floats();
  readonly pageReader = new Ints();
  readonly pageChain = new Ints();
  readonly pageShard = new Ints();
  readonly pageWorker = new Ints();
  readonly pageBehind = new Floats();
  readonly pageMore = new Ints();
  readonly pageStart = new Ints();
  readonly pageError = new Ints();
  readonly pageFirst = new Ints();

  readonly readPlace = new Ints();
  readonly readFlow = new Ints();
  readonly readN = new Floats();

  /** The index of a producer; -1 without a name. */
  producer(name: string | undefined): number {
    return name === undefined ? none : this.producers.id(name);
  }

  flow(producer: number, key: number): number {
    const id = (producer + 1) * 0x4000000 + key;
    const known = this.#flows.get(id);
    if (known !== undefined) return known;
    this.flowKey.push(key);
    const flow = this.flowProducer.push(producer);
    this.#flows.set(id, flow);
    return flow;
  }

  /**
   * The flow of a producer and a key, as a list of one; without a producer, all flows of the key. Empty if unknown.
   */
  findFlows(producer: string | null, key: string): readonly number[] {
    const name = this.keys.find(key);
    if (name < 0) return [];
    if (producer === null)
      return [...Array(this.flowKey.length).keys()].filter((flow) => this.flowKey.at(flow) === name);
    const by = this.producers.find(producer);
    const known = by < 0 ? undefined : this.#flows.get((by + 1) * 0x4000000 + name);
    return known === undefined ? [] : [known];
  }

  place(shard: string, seq: string, sub: number | undefined): number {
    this.parts.read(seq);
    return this.places.idOf(this.shards.id(shard), this.parts, sub ?? none);
  }

  findPlace(shard: string, seq: string, sub: number | undefined): number {
    const id = this.shards.find(shard);
    if (id < 0 || !/^\d+$/.test(seq)) return none;
    this.parts.read(seq);
    return this.places.find(id, this.parts, sub ?? none);
  }
}
