import type { Random } from '../../lib/random.ts';
import type { ReadRecord, ShardInfo } from '../../model/event.ts';
import { hashKeyMax, hashKeyOf } from '../../model/hash-key.ts';

/** How an engine writes sequence numbers. All rise with every stored record, over all shards. */
export type Numbering = (counter: number) => string;
export const numberings: readonly [Numbering, ...Numbering[]] = [
  (counter) => `4966${String(counter).padStart(52, '0')}`,
  (counter) => String(counter),
  (counter) => String(counter).padStart(28, '0'),
  (counter) => `${10n ** 128n + BigInt(counter)}`,
  (counter) => String(10 ** Math.min(15, Math.floor(counter / 7)) + counter),
];

export type Stored = { readonly seq: string; readonly record: Omit<ReadRecord, 'seq'> };
type Shard = {
  readonly id: number;
  readonly first: bigint;
  readonly last: bigint;
  readonly parents: readonly number[];
  readonly start: string;
  end: string | undefined;
  readonly log: Stored[];
};

/**
 * A stream in memory that follows the rules of the service, not those of the checks: records go to the open shard with
 * their hash key, numbers rise, closed shards take nothing.
 */
export class Service {
  readonly shards: Shard[] = [];
  readonly #number: Numbering;
  readonly #random: Random;
  #counter = 0;

  constructor(random: Random, count: number) {
    this.#random = random;
    this.#number = random.pick(numberings);
    const width = (hashKeyMax + 1n) / BigInt(count);
    for (let index = 0; index < count; index += 1) {
      this.#add(BigInt(index) * width, index === count - 1 ? hashKeyMax : BigInt(index + 1) * width - 1n, []);
    }
  }

  put(key: string, record: Omit<ReadRecord, 'seq'>, hash?: bigint): { readonly shard: string; readonly seq: string } {
    const at = hash ?? hashKeyOf(key);
    const shard = this.#open().find(({ first, last }) => first <= at && at <= last);
    if (shard === undefined) throw new Error('the shards do not tile');
    const seq = this.#next();
    shard.log.push({ seq, record });
    return { shard: nameOf(shard.id), seq };
  }

  /** Splits an open shard, or merges two neighbours. Returns what was called. */
  reshard(): { readonly action: 'SplitShard' | 'MergeShards'; readonly shards: readonly string[] } {
    const open = this.#open();
    const index = this.#random.int(0, open.length - 1);
    const one = open[index];
    const other = open[index + 1];
    if (one === undefined) throw new Error('no open shard');
    if (other !== undefined && this.#random.next() < 0.4) {
      this.#close([one, other]);
      this.#add(one.first, other.last, [one.id, other.id]);
      return { action: 'MergeShards', shards: [nameOf(one.id), nameOf(other.id)] };
    }
    const middle = (one.first + one.last) / 2n;
    this.#close([one]);
    this.#add(one.first, middle, [one.id]);
    this.#add(middle + 1n, one.last, [one.id]);
    return { action: 'SplitShard', shards: [nameOf(one.id)] };
  }

  list(): readonly ShardInfo[] {
    return this.shards.map(({ id, first, last, parents, start, end }) => ({
      shard: nameOf(id),
      range: [String(first), String(last)],
      parents: parents.map(nameOf),
      seq: [start, end ?? null],
    }));
  }

  openShards(): readonly { readonly name: string; readonly first: bigint }[] {
    return this.#open().map(({ id, first }) => ({ name: nameOf(id), first }));
  }

  /** Records from `at` on, at most `limit`; `next` undefined at the end of a closed shard. */
  read(
    id: number,
    at: number,
    limit: number,
  ): { readonly records: readonly Stored[]; readonly next: number | undefined } {
    const shard = this.shards[id];
    if (shard === undefined) throw new Error('no such shard');
    const records = shard.log.slice(at, at + limit);
    const next = at + records.length;
    return { records, next: next === shard.log.length && shard.end !== undefined ? undefined : next };
  }

  #open(): Shard[] {
    return this.shards.filter(({ end }) => end === undefined).sort((a, b) => (a.first < b.first ? -1 : 1));
  }

  #add(first: bigint, last: bigint, parents: readonly number[]): void {
    this.shards.push({ id: this.shards.length, first, last, parents, start: this.#next(), end: undefined, log: [] });
  }

  #close(shards: readonly Shard[]): void {
    for (const shard of shards) shard.end = this.#next();
  }

  #next(): string {
    this.#counter += this.#random.int(1, 3);
    return this.#number(this.#counter);
  }
}

export const nameOf = (id: number): string => `shardId-${String(id).padStart(12, '0')}`;
