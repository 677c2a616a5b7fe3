import { type Random, seededRandom } from '../../lib/random.ts';
import type {
  EventBody,
  Head,
  HistoryEvent,
  PutEntryEvent,
  ReaderRole,
  ReadRecord,
  ShardInfo,
} from '../../model/event.ts';
import { hashKeyOf, parseHashRange } from '../../model/hash-key.ts';
import { digestOf, encodedSeq } from './even-shards.ts';
import { lower, upper, whole } from './history-builder.ts';

type Line = Head | HistoryEvent;
type Flight = { readonly op: number; readonly entries: readonly PutEntryEvent[]; readonly producer: string };
type Chain = {
  readonly reader: string;
  number: number;
  readonly shard: number;
  at: number;
  isNew: boolean;
  isEnded: boolean;
};

/**
 * What else happens: throttled entries and failed calls, each sent again; failed pages, explicit hash keys, readers
 * that begin in other ways or again where they were, and consumers under test.
 */
export type Troubles = {
  readonly troubles: boolean;
  /** Adds splits and merges during the run. */
  readonly reshards?: boolean;
  /**
   * The percentage of records that are lost, stored twice, given up, sent again late, or stored with other bytes.
   * Readers may then stop early.
   */
  readonly odd?: number;
};

/**
 * A history of puts, answers and pages: several calls in flight, several readers, lagging or not. Numbers encode their
 * shard, ascend over the stream, or do not overlap. The same seed gives the same history.
 */
export const ordinaryHistory = (seed: string, steps = 80, troubles: Troubles = { troubles: false }): readonly Line[] =>
  new Run(seededRandom(seed), troubles).play(steps);

class Run {
  readonly #random: Random;
  readonly #lines: Line[] = [];
  readonly #shards: ShardInfo[];
  readonly #stored: ReadRecord[][];
  readonly #flights: Flight[] = [];
  readonly #counts = new Map<string, number>();
  readonly #last = new Map<string, string>();
  readonly #chains: Chain[] = [];
  readonly #numbering: 'encoded' | 'ascending' | 'apart';
  readonly #window: number;
  readonly #isSerialChained: boolean;
  readonly #hasTroubles: boolean;
  readonly #odd: number;
  /** The ExplicitHashKey of each key, if records have one. */
  readonly #hashes: ReadonlyMap<string, string>;
  #isReshardable: boolean;
  /** True if readers open children only when they are done with all parents. */
  readonly #isPatient: boolean;
  #reshards = 0;
  /** Calls to be sent again before anything else. */
  readonly #again: Flight[] = [];
  #t = 0;
  #op = 0;
  #counter = 100;
  #iterators = 100;

  constructor(random: Random, { troubles, reshards, odd = 0 }: Troubles) {
    this.#random = random;
    this.#odd = odd;
    this.#hasTroubles = troubles;
    this.#hashes = new Map(troubles && random.int(0, 3) === 0 ? keys.map((key) => [key, anyHash(random)]) : []);
    this.#isReshardable = reshards === true;
    this.#shards = random.int(0, 1) === 0 ? [...whole] : [lower(0, []), upper(1, [])];
    this.#stored = this.#shards.map(() => []);
    this.#numbering = random.pick(['encoded', 'ascending', 'apart'] as const);
    this.#window = random.int(1, 4);
    this.#isSerialChained = this.#window === 1 && random.int(0, 1) === 0;
    this.#isPatient = !this.#isReshardable || random.int(0, 3) > 0;
  }

  play(steps: number): readonly Line[] {
    this.#lines.push({
      type: 'head',
      format: 'kinesis-order-history',
      version: 1,
      run: 'r-plain',
      startedAt: '2026-11-23T08:00:00.000Z',
    });
    this.#push({ type: 'topology', status: 'ACTIVE', shards: [...this.#shards] });
    const readers = ['live', 'other'].slice(0, this.#random.int(0, 2));
    for (const reader of readers)
      this.#openReader(reader, this.#hasTroubles && this.#random.int(0, 3) === 0 ? 'subject' : 'live');
    for (let step = 0; step < steps; step += 1) this.#step();
    while (this.#flights.length + this.#again.length > 0) {
      if (this.#again.length > 0) this.#put();
      this.#answer();
    }
    if (this.#random.int(0, 1) === 1) this.#seal();
    if (readers.length === 0 || this.#random.int(0, 2) > 0) this.#openReader('final', 'final');
    // The list grows during the loop: a reader that is done with a parent opens its children.
    for (const chain of this.#chains) {
      const list = this.#stored[chain.shard] ?? [];
      while (chain.at < list.length && !this.#isOdd()) this.#page(chain);
      while (!this.#isOpen(chain.shard) && !chain.isEnded && this.#random.int(0, 9) > 0) this.#page(chain);
      if (!chain.isEnded) this.#page(chain);
    }
    this.#push({ type: 'end', reason: 'completed' });
    return this.#lines;
  }

  #step(): void {
    if (this.#isReshardable && this.#random.int(0, 11) === 0) return this.#reshard();
    const what = this.#random.int(0, 9);
    if (what < 4 && this.#flights.length < this.#window) this.#put();
    else if (what < 7 && this.#flights.length > 0) this.#answer();
    else if (this.#chains.length > 0) this.#page(this.#random.pick(this.#chains as [Chain, ...Chain[]]));
  }

  #push(event: EventBody): void {
    this.#t += this.#random.int(0, 40);
    this.#lines.push({ t: this.#t, ...event } as HistoryEvent);
  }

  #openReader(reader: string, role: ReaderRole): void {
    this.#push({ type: 'reader', reader, role });
    for (const [shard, { parents }] of this.#shards.entries())
      if (parents.length === 0 || !this.#isPatient) this.#openChain(reader, shard);
  }

  #openChain(reader: string, shard: number): void {
    this.#chains.push({ reader, number: this.#chains.length, shard, at: 0, isNew: true, isEnded: false });
  }

  #isOpen(shard: number): boolean {
    return this.#shards[shard]?.seq[1] === null;
  }

  /** Splits a shard in half, or merges two neighbours. */
  #reshard(): void {
    const open = [...this.#shards.keys()].filter((shard) => this.#isOpen(shard));
    const [first, second] = this.#random.int(0, 2) === 0 ? neighbours(this.#shards, open) : [];
    const parents =
      first === undefined || second === undefined
        ? [this.#random.pick(open as [number, ...number[]])]
        : [first, second];
    const names = parents.map((shard) => this.#shards[shard]?.shard ?? '');
    const id = this.#reshards;
    this.#reshards += 1;
    this.#isReshardable = false;
    const action = parents.length > 1 ? 'MergeShards' : 'SplitShard';
    this.#push({ type: 'reshard', id, phase: 'invoke', action, shards: names });
    if (this.#random.int(0, 1) === 0) this.#push({ type: 'topology', status: 'UPDATING', shards: [...this.#shards] });
    if (this.#random.int(0, 2) === 0) this.#step();
    this.#close(parents, names);
    if (this.#random.int(0, 2) === 0) this.#step();
    this.#push({ type: 'reshard', id, phase: 'ok' });
    if (this.#random.int(0, 2) === 0) this.#step();
    this.#push({ type: 'topology', status: 'ACTIVE', shards: [...this.#shards] });
    this.#isReshardable = this.#reshards < 4;
  }

  #close(parents: readonly number[], names: readonly string[]): void {
    const ranges = parents
      .flatMap((shard) => this.#shards[shard]?.range.map(BigInt) ?? [])
      .sort((a, b) => (a < b ? -1 : 1));
    const [low, high] = [ranges[0] ?? 0n, ranges.at(-1) ?? 0n];
    for (const shard of parents) {
      const info = this.#shards[shard];
      this.#counter += 1;
      if (info !== undefined) this.#shards[shard] = { ...info, seq: [info.seq[0], this.#numberIn(shard)] };
    }
    const middle = (low + high) / 2n;
    const children =
      parents.length > 1
        ? [[low, high]]
        : [
            [low, middle],
            [middle + 1n, high],
          ];
    for (const range of children) {
      const shard = this.#shards.length;
      this.#counter += 1;
      const [from = 0n, to = 0n] = range;
      this.#shards.push({
        shard: `shardId-${String(shard).padStart(12, '0')}`,
        range: [String(from), String(to)],
        parents: names,
        seq: [this.#numberIn(shard), null],
      });
      this.#stored.push([]);
      if (this.#isPatient) continue;
      for (const reader of new Set(this.#chains.map((chain) => chain.reader))) this.#openChain(reader, shard);
    }
  }

  /**
   * Ends a chain after its last page. A patient reader opens the children once it is done with all of their parents.
   * Returns the children.
   */
  #end(chain: Chain): readonly string[] {
    chain.isEnded = true;
    const name = this.#shards[chain.shard]?.shard ?? '';
    const children = [...this.#shards.entries()].filter(([, { parents }]) => parents.includes(name));
    if (!this.#isPatient) return children.map(([, { shard }]) => shard);
    const done = new Set(
      this.#chains
        .filter(({ reader, isEnded }) => reader === chain.reader && isEnded)
        .map(({ shard }) => this.#shards[shard]?.shard ?? ''),
    );
    for (const [shard, { parents }] of children)
      if (parents.every((parent) => done.has(parent))) this.#openChain(chain.reader, shard);
    return children.map(([, { shard }]) => shard);
  }

  #put(): void {
    const again = this.#isOdd() ? undefined : this.#again.shift();
    if (again !== undefined) {
      const api = again.entries.length > 1 || this.#random.int(0, 1) === 1 ? 'PutRecords' : 'PutRecord';
      return this.#send(again.producer, again.entries, { api, attempt: 2 });
    }
    const isBatch = !this.#isSerialChained && this.#random.int(0, 1) === 1;
    const producer = this.#random.pick(['p1', 'p2'] as const);
    const entries: PutEntryEvent[] = [];
    for (let index = 0; index < (isBatch ? this.#random.int(1, 5) : 1); index += 1)
      entries.push(this.#entryOf(producer));
    this.#send(producer, entries, { api: isBatch ? 'PutRecords' : 'PutRecord', attempt: 1 });
  }

  #send(
    producer: string,
    entries: readonly PutEntryEvent[],
    how: { readonly api: 'PutRecords' | 'PutRecord'; readonly attempt: number },
  ): void {
    const op = this.#op;
    this.#op += 1;
    this.#push({ type: 'put', op, producer, ...how, entries });
    this.#flights.push({ op, entries, producer });
  }

  #entryOf(producer: string): PutEntryEvent {
    const key = `${producer}-${this.#random.pick(['a', 'b', 'c'] as const)}`;
    const n = this.#counts.get(key) ?? 0;
    this.#counts.set(key, n + 1);
    const after = this.#isSerialChained ? this.#last.get(key) : undefined;
    const hash = this.#hashes.get(key);
    return {
      key,
      n,
      digest: digestOf(`${key} ${n}`),
      bytes: 20,
      ...(after === undefined ? {} : { after }),
      ...(hash === undefined ? {} : { hash }),
    };
  }

  /** Stores and answers a call, not always the oldest. Calls of one key keep their order. */
  #answer(): void {
    const at = this.#random.int(0, this.#flights.length - 1);
    const flight = this.#flights[at];
    if (flight === undefined) return;
    const mine = new Set(flight.entries.map(({ key }) => key));
    if (this.#flights.slice(0, at).some(({ entries }) => entries.some(({ key }) => mine.has(key)))) return;
    this.#flights.splice(at, 1);
    const stored = this.#hasTroubles ? this.#storedOf(flight) : flight.entries.length;
    const failed = flight.entries.slice(stored);
    if (failed.length > 0 && !this.#isOdd()) this.#again.push({ ...flight, entries: failed });
    // The call ends without an answer, although it was stored. What is sent again is stored twice.
    if (this.#isOdd()) {
      for (const entry of flight.entries) if (this.#random.int(0, 2) > 0) this.#store(flight.producer, entry);
      if (failed.length === 0 && !this.#isOdd()) this.#again.push(flight);
      this.#push({ type: 'ack', op: flight.op, outcome: 'info', error: 'TimeoutError' });
      return;
    }
    // The call was answered, and is sent again all the same.
    if (failed.length === 0 && this.#isOdd()) this.#again.push(flight);
    if (stored === 0 && this.#random.int(0, 1) === 1) {
      this.#push({
        type: 'ack',
        op: flight.op,
        outcome: this.#random.pick(['fail', 'info'] as const),
        error: 'TimeoutError',
      });
      return;
    }
    const results = flight.entries.slice(0, stored).map((entry) => this.#store(flight.producer, entry));
    const errors = failed.map(() => ({
      error: this.#random.pick(['ProvisionedThroughputExceededException', 'InternalFailure'] as const),
    }));
    this.#push({
      type: 'ack',
      op: flight.op,
      outcome: 'ok',
      results: [...results, ...errors],
      requestId: `r-${flight.op}`,
    });
  }

  #isOdd(): boolean {
    return this.#odd > 0 && this.#random.int(0, 99) < this.#odd;
  }

  /**
   * The number of entries that are stored: all, or those before the first that fails, if no other call in flight has
   * the keys of the rest.
   */
  #storedOf({ entries }: Flight): number {
    const stored = this.#random.int(0, 3) === 0 ? this.#random.int(0, entries.length) : entries.length;
    const keys = new Set(entries.slice(stored).map(({ key }) => key));
    const isElsewhere = this.#flights.some((other) => other.entries.some(({ key }) => keys.has(key)));
    return isElsewhere ? entries.length : stored;
  }

  #store(producer: string, { key, n, digest, hash }: PutEntryEvent): { readonly shard: string; readonly seq: string } {
    const point = hash === undefined ? hashKeyOf(key) : BigInt(hash);
    const shard = this.#shards.findIndex(({ range, seq }) => {
      if (seq[1] !== null) return false;
      const [first, last] = parseHashRange(range) ?? [0n, 0n];
      return point >= first && point <= last;
    });
    this.#counter += this.#random.int(1, 9);
    const seq = this.#numberIn(shard);
    const arrival = Date.parse('2026-11-23T08:00:00.000Z') + Math.round(this.#t / 1000);
    const record = { seq, key, producer, ...(n === undefined ? {} : { n }), arrival };
    const sent = this.#isOdd() ? digestOf('other bytes') : digest;
    if (!this.#isOdd()) this.#stored[shard]?.push({ ...record, ...(sent === undefined ? {} : { digest: sent }) });
    this.#last.set(key, seq);
    return { shard: this.#shards[shard]?.shard ?? '', seq };
  }

  #numberIn(shard: number): string {
    if (this.#numbering === 'ascending') return String(this.#counter).padStart(this.#random.int(1, 3) * 20, '0');
    if (this.#numbering === 'apart') return String(this.#counter + shard * 1_000_000);
    return encodedSeq(shard, this.#counter);
  }

  #seal(): void {
    for (const { shard, range, seq } of this.#shards) {
      if (seq[1] !== null) continue;
      const op = this.#op;
      this.#op += 1;
      const entry = { key: `sentinel-${shard}`, n: 0, digest: digestOf(shard), hash: range[0] };
      this.#push({
        type: 'put',
        op,
        producer: 'harness',
        api: 'PutRecord',
        role: 'sentinel',
        attempt: 1,
        entries: [entry],
      });
      this.#push({ type: 'ack', op, outcome: 'ok', results: [this.#store('harness', entry)] });
    }
  }

  #page(chain: Chain): void {
    if (chain.isEnded) return;
    const list = this.#stored[chain.shard] ?? [];
    const t0 = this.#t;
    const asked = { type: 'page', t0, reader: chain.reader, shard: this.#shards[chain.shard]?.shard ?? '' } as const;
    const trouble = this.#hasTroubles ? this.#random.int(0, 7) : 7;
    if (trouble === 0) {
      this.#push({
        ...asked,
        chain: chain.number,
        ...this.#startOf(chain),
        error: 'ExpiredIteratorException',
      } as EventBody);
      return;
    }
    if (trouble === 1) {
      chain.isNew = true;
      if (this.#random.int(0, 1) === 0) {
        chain.number = this.#iterators;
        this.#iterators += 1;
      }
    }
    const from = this.#startOf(chain);
    const records = list.slice(chain.at, chain.at + this.#random.int(0, 6));
    chain.at += records.length;
    const isEnd = !this.#isOpen(chain.shard) && chain.at === list.length && this.#random.int(0, 2) > 0;
    const children = isEnd ? this.#end(chain) : [];
    this.#push({
      ...asked,
      chain: chain.number,
      ...from,
      ...(isEnd && this.#random.int(0, 1) === 0 ? { children } : {}),
      records,
      behind: chain.at < list.length ? 5 : 0,
      more: !isEnd,
    } as EventBody);
  }

  #startOf(chain: Chain): { readonly from?: object } {
    if (!chain.isNew) return {};
    chain.isNew = false;
    const stored = this.#stored[chain.shard] ?? [];
    const last = stored[chain.at - 1];
    const from =
      last !== undefined
        ? { type: 'AFTER_SEQUENCE_NUMBER', seq: last.seq }
        : this.#hasTroubles
          ? this.#anyStart(stored[0])
          : { type: 'TRIM_HORIZON' };
    return { from: { ...from, t0: this.#t, t: this.#t } };
  }

  /** Any iterator that skips no stored record. */
  #anyStart(first: ReadRecord | undefined): object {
    if (first === undefined && this.#random.int(0, 1) === 0) return { type: 'LATEST' };
    const seq = first?.seq ?? '7';
    const at = first?.arrival ?? Date.parse('2026-11-23T08:00:00.000Z');
    return this.#random.pick([
      { type: 'TRIM_HORIZON' },
      { type: 'UNKNOWN' },
      { type: 'AT_TIMESTAMP', at: at - this.#random.int(0, 2) },
      { type: 'AT_SEQUENCE_NUMBER', seq: this.#random.pick([seq, '1']) },
      { type: 'AFTER_SEQUENCE_NUMBER', seq: '1' },
    ]);
  }
}

const keys = ['p1', 'p2'].flatMap((producer) => ['a', 'b', 'c'].map((letter) => `${producer}-${letter}`));

const anyHash = (random: Random): string =>
  String((BigInt(random.int(0, 0x7fff_ffff)) << 97n) | BigInt(random.int(0, 9)));

/** Two open shards of which one begins where the other ends. */
const neighbours = (shards: readonly ShardInfo[], open: readonly number[]): readonly number[] => {
  for (const one of open) {
    const next = open.find((other) => BigInt(shards[other]?.range[0] ?? 0) === BigInt(shards[one]?.range[1] ?? 0) + 1n);
    if (next !== undefined) return [one, next];
  }
  return [];
};
