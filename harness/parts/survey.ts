import { numberedTwice, OpNumbers } from '../checks/streaming/op-numbers.ts';
import { columnsOf } from '../model/columns-of-event.ts';
import type { HistoryLine, PutEvent, PutPart } from '../model/event.ts';
import { columnTypes, itemBit, type LineColumns, rareBit } from '../model/line-columns.ts';
import { limbsPer, SequenceParts } from '../model/sequences.ts';
import { Components, NamedNodes } from './components.ts';
import { NumbersApart } from './numbers-apart.ts';

/** An answer to an unknown call: the shard of each result, -1 if it has none; undefined: no results. */
export type ForeignAnswer = { readonly op: number; readonly shards: Int32Array | undefined };

export const unordered = 'lines that do not stand in the order of time';
export const unfit = 'an answer that does not fit its call';
const nobody = new Int32Array(0);

/**
 * The first reading for a split: it finds which shards and keys belong together, and the facts of the full history: the
 * maximum of calls in flight, the last time, and whether shards share sequence numbers.
 */
export class Survey {
  readonly components = new Components();
  readonly #shardNodes = new NamedNodes(this.components);
  readonly #keyNodes = new NamedNodes(this.components);
  readonly shards = this.#shardNodes.names;
  readonly keys = this.#keyNodes.names;
  readonly numbers = new NumbersApart();
  readonly #ops = new OpNumbers();
  /** The keys of the records of calls in flight. */
  readonly open = new Map<number, Int32Array>();
  /** Answers to unknown calls: in an invalid history, or in a piece of one. */
  readonly foreign: ForeignAnswer[] = [];
  /** The shard of each chain, by its id. */
  readonly chains = new Map<number, number>();
  readonly #sequence = new SequenceParts();
  /** Calls in flight. In a piece, relative to its beginning. */
  inFlight = 0;
  inFlightMax = 0;
  firstT = Number.POSITIVE_INFINITY;
  lastT = Number.NEGATIVE_INFINITY;
  /** Why parts must be judged together, apart from answers to unknown calls, which are normal in a piece. */
  odd: string | undefined;
  /** The bytes of the current line. */
  bytes = 0;
  /** Called with each op, if all of them are needed. */
  readonly #onOp: ((op: number) => void) | undefined;

  constructor(onOp?: (op: number) => void) {
    this.#onOp = onOp;
  }

  /** Why parts must be judged together, including answers to unknown calls. */
  get together(): string | undefined {
    return this.odd ?? (this.foreign.length > 0 ? unfit : undefined);
  }

  event(event: HistoryLine): void {
    if (event.type === 'head') return;
    if (event.type === 'put' || event.type === 'ack' || event.type === 'page') return this.hot(columnsOf(event));
    this.#time(event.t);
    if (event.type === 'topology')
      for (const { shard, parents } of event.shards)
        for (const parent of parents) this.components.join(this.#shardNodes.of(shard), this.#shardNodes.of(parent));
  }

  hot(hot: LineColumns): void {
    this.#time(hot.t);
    if (hot.type === columnTypes.put) this.#put(hot);
    else if (hot.type === columnTypes.ack) this.#ack(hot);
    else this.#page(hot);
  }

  /** The component of a key, by its id. */
  ofKey(key: number): number {
    return this.components.of(this.#keyNodes.node(key));
  }

  ofShard(shard: number): number {
    return this.components.of(this.#shardNodes.node(shard));
  }

  #time(t: number): void {
    if (t < this.lastT) this.odd ??= unordered;
    if (this.firstT === Number.POSITIVE_INFINITY) this.firstT = t;
    this.lastT = Math.max(t, this.lastT);
  }

  #sent(op: number, keys: Int32Array): void {
    if (!this.#ops.take(op)) this.odd ??= numberedTwice;
    this.#onOp?.(op);
    this.open.set(op, keys);
    this.inFlight += 1;
    this.inFlightMax = Math.max(this.inFlightMax, this.inFlight);
    const share = this.bytes / Math.max(1, keys.length);
    for (const key of keys) this.components.weigh(this.#keyNodes.node(key), share);
  }

  /** Takes an answer and returns the keys of its call. `results`: the number of results, -1 without results. */
  #answered(op: number, results: number): Int32Array {
    const keys = this.open.get(op);
    this.open.delete(op);
    this.inFlight -= 1;
    if (keys === undefined) return nobody;
    if (results >= 0 && results !== keys.length) this.odd ??= unfit;
    for (const key of keys) this.components.weigh(this.#keyNodes.node(key), this.bytes / keys.length);
    return keys;
  }

  #joinKeys(one: number, other: number): void {
    this.components.join(this.#keyNodes.node(one), this.#keyNodes.node(other));
  }

  #put(hot: LineColumns): void {
    const keys = new Int32Array(hot.count);
    for (let item = 0; item < hot.count; item += 1)
      keys[item] = this.keys.idAt(hot.source.words, hot.nameStart[item] as number, hot.nameEnd[item] as number);
    if (hot.put !== undefined) this.#joinFlows(hot.put, keys);
    const { carriers } = hot;
    if (carriers !== undefined) this.#joinCarried(hot, carriers, keys);
    this.#sent(hot.op, keys);
  }

  /** Records of one counter must be in one part. */
  #joinFlows({ entries }: PutEvent, keys: Int32Array): void {
    for (const [index, { flow }] of entries.entries())
      if (flow !== undefined) this.#joinKeys(keys[index] as number, this.keys.id(flow));
  }

  /** User records of one aggregate must be in one part, with the key that leads to their shard. */
  #joinCarried(hot: LineColumns, carriers: readonly PutPart[], keys: Int32Array): void {
    const first = new Map<number, number>();
    for (const [index, own] of keys.entries()) {
      if (!hot.hasAll(index, itemBit.sub)) continue;
      const part = hot.sub[index] as number;
      const [known, carrier] = [first.get(part), carriers[part]];
      if (known !== undefined) this.#joinKeys(own, known);
      else if (carrier !== undefined && carrier.hash === undefined) this.#joinKeys(own, this.keys.id(carrier.key));
      first.set(part, own);
    }
  }

  #ack(hot: LineColumns): void {
    const { ack, count } = hot;
    const isOk = ack === undefined || ack.outcome === 'ok';
    const keys = this.#answered(hot.op, isOk ? count : -1);
    const placed = keys === nobody ? new Int32Array(count).fill(-1) : undefined;
    const { words } = hot.source;
    for (let item = 0; item < count; item += 1) {
      if (!hot.hasAll(item, itemBit.number)) continue;
      if (hot.hasAll(item, rareBit)) this.#holdLong(ack?.results?.[item] as { readonly seq: string });
      const shard = this.shards.idAt(words, hot.nameStart[item] as number, hot.nameEnd[item] as number);
      const key = keys[item];
      if (key !== undefined) this.components.join(this.#keyNodes.node(key), this.#shardNodes.node(shard));
      if (placed !== undefined) placed[item] = shard;
      this.numbers.answered(shard, () => this.shards.name(shard), hot.limbs, item * limbsPer);
    }
    this.numbers.rise(hot.limbs);
    if (placed !== undefined) this.foreign.push({ op: hot.op, shards: isOk ? placed : undefined });
  }

  #holdLong({ seq }: { readonly seq: string }): void {
    this.#sequence.read(seq);
    if (this.#sequence.long !== undefined) this.numbers.giveUp();
  }

  #chain(chain: number, shard: number): void {
    const node = this.#shardNodes.node(shard);
    const before = this.chains.get(chain);
    if (before === undefined) this.chains.set(chain, shard);
    else if (before !== shard) this.components.join(this.#shardNodes.node(before), node);
    this.components.weigh(node, this.bytes);
  }

  #page(hot: LineColumns): void {
    const { words } = hot.source;
    const { page } = hot;
    const shard = this.shards.idAt(words, hot.shard.start, hot.shard.end);
    const node = this.#shardNodes.node(shard);
    this.#chain(hot.chain, shard);
    for (const child of page?.children ?? []) this.components.join(node, this.#shardNodes.of(child));
    for (let item = 0; item < hot.count; item += 1) {
      const rare = hot.hasAll(item, rareBit) ? page?.records?.[item] : undefined;
      if (rare !== undefined) this.#holdLong(rare);
      this.numbers.read(shard, () => this.shards.name(shard), hot.limbs, item * limbsPer);
      if (hot.hasAll(item, itemBit.name)) this.#seen(hot.nameStart, hot.nameEnd, item, words, node);
      if (rare?.flow !== undefined) this.components.join(this.#keyNodes.of(rare.flow), node);
      if (hot.hasAll(item, itemBit.idKey)) this.#seen(hot.idKeyStart, hot.idKeyEnd, item, words, node);
    }
  }

  #seen(starts: Int32Array, ends: Int32Array, item: number, words: DataView, shard: number): void {
    const key = this.keys.idAt(words, starts[item] as number, ends[item] as number);
    this.components.join(this.#keyNodes.node(key), shard);
  }
}
