import type { Random } from '../../../lib/random.ts';
import type { ReadRecord, ShardInfo } from '../../../model/event.ts';
import { hashKeyMax, hashKeyOf } from '../../../model/hash-key.ts';
import { shard as nameOf } from '../history-builder.ts';
import type { Strikes } from './disorder.ts';

export type Stored = { readonly value: bigint; readonly record: Omit<ReadRecord, 'seq'> };
export type WildShard = {
  readonly name: string;
  readonly first: bigint;
  readonly last: bigint;
  readonly parents: readonly string[];
  readonly start: bigint;
  end: bigint | undefined;
  readonly children: string[];
  readonly log: Stored[];
};

/**
 * A stream of few records that follows its disorders. Numbers are small, so that they are close to each other, equal
 * in two shards, or at the ends of ranges.
 */
export class WildStream {
  readonly shards: WildShard[] = [];
  readonly #random: Random;
  readonly #strikes: Strikes;
  readonly #write: (value: bigint) => string;
  #counter: bigint;

  constructor(random: Random, strikes: Strikes) {
    this.#random = random;
    this.#strikes = strikes;
    this.#counter = random.pick([1n, 8n, 95n, 999_999_999_999_990n]);
    this.#write = random.pick([
      String,
      String,
      (value: bigint) => String(value).padStart(20, '0'),
      (value: bigint) => String(10n ** 70n + value),
    ]);
    const middle = (hashKeyMax + 1n) / 2n;
    if (random.int(0, 1) === 0) this.#add(0n, hashKeyMax, []);
    else {
      this.#add(0n, middle - 1n, []);
      this.#add(middle, hashKeyMax, []);
    }
  }

  text(value: bigint): string {
    return this.#write(value);
  }

  store(key: string, record: Omit<ReadRecord, 'seq'>, hash?: bigint): { shard: WildShard; value: bigint } {
    const at = hash ?? hashKeyOf(key);
    const open = this.shards.filter(({ end }) => end === undefined);
    const right = open.find(({ first, last }) => first <= at && at <= last);
    const shard = this.#strikes('store-elsewhere') || right === undefined ? this.#any() : right;
    const value = this.#strikes('store-below') ? this.#below(shard) : this.#next();
    if (!this.#strikes('store-lost')) this.#put(shard, { value, record });
    if (this.#strikes('store-twice')) this.#put(shard, { value: this.#next(), record });
    return { shard, value };
  }

  #put(shard: WildShard, stored: Stored): void {
    const index = shard.log.findLastIndex(({ value }) => value < stored.value);
    shard.log.splice(index + 1, 0, stored);
  }

  #below(shard: WildShard): bigint {
    const taken = new Set(shard.log.map(({ value }) => value));
    for (let value = shard.log[0]?.value ?? 1n; value < this.#counter; value += 1n) if (!taken.has(value)) return value;
    return this.#next();
  }

  #next(): bigint {
    if (this.#strikes('number-shared')) return this.#counter;
    this.#counter += BigInt(this.#random.int(1, 3));
    return this.#counter;
  }

  #any(): WildShard {
    return this.shards[this.#random.int(0, this.shards.length - 1)] as WildShard;
  }

  reshard(): { readonly action: 'SplitShard' | 'MergeShards'; readonly shards: readonly string[] } | undefined {
    const open = this.shards.filter(({ end }) => end === undefined);
    const [one, other] = [open[0], open[1]];
    if (one === undefined) return undefined;
    if (other !== undefined && other.first === one.last + 1n && this.#random.int(0, 1) === 0) {
      this.#close(one);
      this.#close(other);
      this.#add(one.first, other.last, [one, other]);
      return { action: 'MergeShards', shards: [one.name, other.name] };
    }
    this.#close(one);
    const middle = (one.first + one.last) / 2n;
    this.#add(one.first, middle, [one]);
    this.#add(middle + 1n, one.last, [one]);
    return { action: 'SplitShard', shards: [one.name] };
  }

  #close(shard: WildShard): void {
    this.#counter += 1n;
    if (!this.#strikes('parent-open')) shard.end = this.#counter;
  }

  #add(first: bigint, last: bigint, parents: readonly WildShard[]): void {
    this.#counter += 1n;
    const name = nameOf(this.shards.length);
    for (const parent of parents) parent.children.push(name);
    const names = parents.map((parent) => parent.name);
    const start = this.#strikes('number-shared') && parents[0]?.end !== undefined ? parents[0].end : this.#counter;
    this.shards.push({ name, first, last, parents: names, start, end: undefined, children: [], log: [] });
  }

  list(): readonly ShardInfo[] {
    const listed = this.shards.map(({ name, first, last, parents, start, end }) => ({
      shard: name,
      range: [String(first), String(this.#strikes('topology-changed') ? last + 1n : last)] as const,
      parents: this.#strikes('topology-changed') ? [] : parents,
      seq: [this.text(start), end === undefined ? null : this.text(end)] as const,
    }));
    return this.#strikes('topology-changed') ? listed.slice(1) : listed;
  }
}
