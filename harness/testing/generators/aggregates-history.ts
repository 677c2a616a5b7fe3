import fc from 'fast-check';
import { type Random, seededRandom } from '../../lib/random.ts';
import type {
  Head,
  HistoryEvent,
  PutEntryEvent,
  PutPart,
  PutResult,
  ReadRecord,
  ShardInfo,
} from '../../model/event.ts';
import { hashKeyOf } from '../../model/hash-key.ts';
import { digestOf, encodedSeq, evenShards } from './even-shards.ts';

type Line = Head | HistoryEvent;

export type Aggregated = {
  readonly producers: number;
  readonly shards: number;
  /** The number of readers during the load. */
  readonly live: number;
  /** The percentage of Kinesis records, aggregates and plain ones, that are refused and sent again. */
  readonly refused: number;
  /** The percentage of aggregates and user records that are lost, doubled or moved, and of calls that fail. */
  readonly odd: number;
  /** True if the first shard is split halfway. Producers learn of it later. */
  readonly isSplit: boolean;
};

export const aggregatedShape: fc.Arbitrary<Aggregated> = fc.record({
  producers: fc.integer({ min: 1, max: 4 }),
  shards: fc.integer({ min: 1, max: 4 }),
  live: fc.integer({ min: 0, max: 2 }),
  refused: fc.constantFrom(0, 10),
  odd: fc.constantFrom(0, 0, 1, 3),
  isSplit: fc.boolean(),
});

/** Some records are refused, and nothing else goes wrong. */
export const rightAggregates: Aggregated = { producers: 2, shards: 2, live: 1, refused: 5, odd: 0, isSplit: false };

/** One Kinesis record: a plain one, or an aggregate. */
type Unit = { readonly part: PutPart | undefined; readonly users: readonly PutEntryEvent[] };
type Call = { readonly op: number; readonly units: readonly Unit[] };
type Chain = { readonly reader: string; readonly number: number; readonly shard: number; at: number; isEnded: boolean };

/**
 * Producers that aggregate like the KPL: user records for one shard go into one Kinesis record, under the key of the
 * first one or under its hash key. A single record stays plain. The same seed gives the same history.
 */
export const aggregatesHistory = (seed: string, steps: number, shape: Aggregated): readonly Line[] =>
  new Play(seededRandom(seed), shape).lines(steps);

class Play {
  readonly #random: Random;
  readonly #shape: Aggregated;
  readonly #shards: ShardInfo[];
  /** The shards that the producers know. */
  #known: readonly ShardInfo[];
  /** A list of user records for each Kinesis record. */
  readonly #stored: ReadRecord[][][];
  readonly #under = new Map<string, Call>();
  /** Units that a producer sends again before anything else. */
  readonly #again = new Map<string, readonly Unit[]>();
  readonly #sent = new Map<string, number>();
  readonly #chains: Chain[] = [];
  readonly #lines: Line[] = [head];
  readonly #isEncoded: boolean;
  readonly #isHashed: boolean;
  #t = 0;
  #op = 0;
  #next = 0;

  constructor(random: Random, shape: Aggregated) {
    this.#random = random;
    this.#shape = shape;
    this.#shards = evenShards(shape.shards);
    this.#known = [...this.#shards];
    this.#stored = this.#shards.map(() => []);
    this.#isEncoded = random.int(0, 1) === 1;
    this.#isHashed = random.int(0, 1) === 1;
  }

  lines(steps: number): readonly Line[] {
    this.#topology();
    for (let live = 0; live < this.#shape.live; live += 1) this.#open(`live-${live}`, 'live');
    for (let step = 0; step < steps; step += 1) {
      if (this.#shape.isSplit && step === Math.floor(steps / 2)) this.#split();
      if (step === Math.floor((steps * 2) / 3)) this.#known = [...this.#shards];
      this.#step();
    }
    while (this.#under.size + this.#again.size > 0)
      for (const producer of new Set([...this.#under.keys(), ...this.#again.keys()])) this.#go(producer);
    this.#seal();
    this.#open('final', 'final');
    // The list grows during the loop.
    for (const chain of this.#chains) this.#page(chain, Number.POSITIVE_INFINITY);
    this.#write({ type: 'end', reason: 'completed' });
    return this.#lines;
  }

  #write(event: object): void {
    this.#t += 10;
    this.#lines.push({ t: this.#t, ...event } as HistoryEvent);
  }

  #topology(): void {
    this.#write({ type: 'topology', status: 'ACTIVE', shards: [...this.#shards] });
  }

  #isOdd(): boolean {
    return this.#random.int(1, 100) <= this.#shape.odd;
  }

  #step(): void {
    if (this.#chains.length > 0 && this.#random.int(0, 4) === 0)
      return this.#page(this.#random.pick(this.#chains as [Chain, ...Chain[]]), this.#random.int(0, 4));
    this.#go(`p${this.#random.int(1, this.#shape.producers)}`);
  }

  #go(producer: string): void {
    const call = this.#under.get(producer);
    if (call !== undefined) return this.#answer(producer, call);
    const again = this.#again.get(producer);
    this.#again.delete(producer);
    this.#send(producer, again ?? this.#unitsOf(producer));
  }

  /** Draws user records, and packs them by the shards that the producer knows. */
  #unitsOf(producer: string): readonly Unit[] {
    const packs = new Map<number, PutEntryEvent[]>();
    for (let count = this.#random.int(1, 12); count > 0; count -= 1) {
      const entry = this.#userOf(producer);
      const home = homeIn(this.#known, hashKeyOf(entry.key));
      const pack = packs.get(home) ?? [];
      packs.set(home, [...pack, entry]);
    }
    return [...packs.values()].map((users) => this.#packed(users));
  }

  #packed(users: readonly PutEntryEvent[]): Unit {
    const [first, ...rest] = users as readonly [PutEntryEvent, ...PutEntryEvent[]];
    if (rest.length === 0 && this.#random.int(0, 3) > 0) return { part: undefined, users };
    const part = this.#isHashed ? { key: 'a', hash: String(hashKeyOf(first.key)) } : { key: first.key };
    return { part, users };
  }

  #userOf(producer: string): PutEntryEvent {
    const key = `key-${this.#random.int(0, 9)}`;
    const n = this.#sent.get(`${producer} ${key}`) ?? 0;
    this.#sent.set(`${producer} ${key}`, n + 1);
    return { key, n, digest: digestOf(`${producer} ${key} ${n}`), bytes: 20 };
  }

  #send(producer: string, units: readonly Unit[]): void {
    this.#op += 1;
    const parts = units.flatMap(({ part }) => part ?? []);
    const entries = units.flatMap(({ part, users }) =>
      part === undefined ? users : users.map((user) => ({ ...user, part: parts.indexOf(part) })),
    );
    const api = units.length === 1 && this.#random.int(0, 1) === 1 ? 'PutRecord' : 'PutRecords';
    this.#under.set(producer, { op: this.#op, units });
    const carried = parts.length === 0 ? {} : { parts };
    this.#write({ type: 'put', op: this.#op, producer, api, attempt: 1, ...carried, entries });
  }

  #answer(producer: string, { op, units }: Call): void {
    this.#under.delete(producer);
    if (this.#isOdd()) return this.#fail(producer, op, units);
    const refused = units.map(() => this.#random.int(1, 100) <= this.#shape.refused);
    const results = units.flatMap((unit, index): readonly PutResult[] =>
      refused[index] === true ? unit.users.map(() => ({ error })) : this.#store(producer, unit),
    );
    const again = units.filter((_, index) => refused[index] === true || this.#isOdd());
    if (again.length > 0) this.#again.set(producer, again);
    this.#write({ type: 'ack', op, outcome: 'ok', results });
  }

  /** Ends a call without success. Whether it was stored and whether it is sent again are drawn. */
  #fail(producer: string, op: number, units: readonly Unit[]): void {
    if (this.#random.int(0, 1) === 1) for (const unit of units) this.#store(producer, unit);
    if (this.#random.int(0, 2) > 0) this.#again.set(producer, units);
    if (this.#random.int(0, 2) === 0) return;
    const outcome = this.#random.pick(['info', 'fail'] as const);
    this.#write({ type: 'ack', op, outcome, error: 'TimeoutError' });
  }

  #store(producer: string, { part, users }: Unit): readonly PutResult[] {
    const hash = part === undefined ? hashKeyOf((users[0] as PutEntryEvent).key) : routeOf(part);
    const open = this.#shards.map((info) => (info.seq[1] === null ? info : undefined));
    const at = homeIn(open, this.#isOdd() ? this.#random.pick([0n, (1n << 128n) - 1n]) : hash);
    this.#next += this.#random.int(1, 3);
    const seq = this.#seqIn(at);
    const arrival = startedAt + Math.round(this.#t / 1000);
    const records = users.flatMap(({ key, n = 0, digest = '' }, sub): readonly ReadRecord[] => {
      if (this.#isOdd()) return [];
      const inner = part === undefined ? {} : { sub };
      return [{ seq, ...inner, key, n, producer, digest, arrival }];
    });
    if (!this.#isOdd()) this.#stored[at]?.push([...records]);
    const shard = (this.#shards[at] as ShardInfo).shard;
    return users.map((_, sub) => ({ shard, seq, ...(part === undefined ? {} : { sub }) }));
  }

  #seqIn(at: number): string {
    return this.#isEncoded ? encodedSeq(at, this.#next) : String((at + 1) * 1_000_000 + this.#next);
  }

  #split(): void {
    const parent = this.#shards[0] as ShardInfo;
    const [from, to] = parent.range.map(BigInt) as [bigint, bigint];
    const middle = (from + to) / 2n;
    this.#write({ type: 'reshard', id: 0, phase: 'invoke', action: 'SplitShard', shards: [parent.shard] });
    this.#next += 1;
    this.#shards[0] = { ...parent, seq: [parent.seq[0], this.#seqIn(0)] };
    for (const range of [
      [from, middle],
      [middle + 1n, to],
    ]) {
      const index = this.#shards.length;
      const shard = `shardId-${String(index).padStart(12, '0')}`;
      this.#next += 1;
      const [first, last] = range.map(String) as [string, string];
      this.#shards.push({ shard, range: [first, last], parents: [parent.shard], seq: [this.#seqIn(index), null] });
      this.#stored.push([]);
    }
    if (this.#random.int(0, 1) === 1) this.#step();
    this.#write({ type: 'reshard', id: 0, phase: 'ok' });
    this.#topology();
  }

  #seal(): void {
    for (const { shard, range, seq } of this.#shards) {
      if (seq[1] !== null) continue;
      this.#op += 1;
      const entry = { key: `sentinel-${shard}`, n: 0, digest: digestOf(shard), hash: range[0] };
      const call = { type: 'put', op: this.#op, producer: 'harness', api: 'PutRecord', role: 'sentinel' };
      this.#write({ ...call, attempt: 1, entries: [entry] });
      this.#next += 1;
      const at = this.#shards.findIndex((info) => info.shard === shard);
      const number = this.#seqIn(at);
      const arrival = startedAt + Math.round(this.#t / 1000);
      const { key, n, digest } = entry;
      this.#stored[at]?.push([{ seq: number, key, n, producer: 'harness', digest, arrival }]);
      this.#write({ type: 'ack', op: this.#op, outcome: 'ok', results: [{ shard, seq: number }] });
    }
  }

  #open(reader: string, role: 'live' | 'final'): void {
    this.#write({ type: 'reader', reader, role });
    for (const [shard, { parents }] of this.#shards.entries()) if (parents.length === 0) this.#begin(reader, shard);
  }

  #begin(reader: string, shard: number): void {
    this.#chains.push({ reader, number: this.#chains.length, shard, at: -1, isEnded: false });
  }

  /**
   * Reads a page. `count`: the most Kinesis records. A closed shard ends with its last page, and the reader opens its
   * children.
   */
  #page(chain: Chain, count: number): void {
    if (chain.isEnded) return;
    const list = this.#stored[chain.shard] as ReadRecord[][];
    const info = this.#shards[chain.shard] as ShardInfo;
    const from = chain.at < 0 ? { from: { type: 'TRIM_HORIZON' } } : {};
    const first = Math.max(0, chain.at);
    const taken = list.slice(first, Math.min(list.length, first + count));
    chain.at = first + taken.length;
    const isLast = chain.at === list.length;
    chain.isEnded = info.seq[1] !== null && isLast;
    const children = this.#shards.filter(({ parents }) => parents.includes(info.shard)).map(({ shard }) => shard);
    this.#write({
      type: 'page',
      t0: this.#t,
      reader: chain.reader,
      chain: chain.number,
      shard: info.shard,
      ...from,
      ...(chain.isEnded && this.#random.int(0, 1) === 0 ? { children } : {}),
      records: taken.flat(),
      behind: isLast ? 0 : 5,
      more: !chain.isEnded,
    });
    if (!chain.isEnded) return;
    for (const [shard, { parents }] of this.#shards.entries())
      if (parents.includes(info.shard)) this.#begin(chain.reader, shard);
  }
}

const error = 'ProvisionedThroughputExceededException';
const startedAt = Date.parse('2026-11-23T08:00:00.000Z');

const routeOf = ({ key, hash }: PutPart): bigint => (hash === undefined ? hashKeyOf(key) : BigInt(hash));

const homeIn = (shards: readonly (ShardInfo | undefined)[], hash: bigint): number =>
  shards.findIndex((info) => info !== undefined && hash >= BigInt(info.range[0]) && hash <= BigInt(info.range[1]));

const head: Head = {
  type: 'head',
  format: 'kinesis-order-history',
  version: 1,
  run: 'r-aggregates',
  startedAt: '2026-11-23T08:00:00.000Z',
};
