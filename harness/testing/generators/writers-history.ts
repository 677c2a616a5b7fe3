import { type Random, seededRandom } from '../../lib/random.ts';
import type { Head, HistoryEvent, PutEntryEvent, PutResult, ReadRecord, ShardInfo } from '../../model/event.ts';
import { digestOf, encodedSeq, evenShards, homeOf } from './even-shards.ts';

type Line = Head | HistoryEvent;

/** `odd`: the percentage of records that are lost, and of calls that get no answer or an error. */
export type Writers = { readonly writers: number; readonly shards: number; readonly odd: number };

type Call = {
  readonly op: number;
  readonly entries: readonly PutEntryEvent[];
  readonly results: PutResult[];
  readonly end: 'ok' | 'lost' | 'fail';
};

/**
 * Writers that send PutRecords at the same time, each one call after the other. Shards store their records in turn, so
 * the records of one call lie between those of others. A live reader receives records before their calls are answered.
 * The same seed gives the same history.
 */
export const writersHistory = (seed: string, steps: number, shape: Writers): readonly Line[] =>
  new Play(seededRandom(seed), shape).lines(steps);

class Play {
  readonly #random: Random;
  readonly #shape: Writers;
  readonly #shards: readonly ShardInfo[];
  readonly #stored: ReadRecord[][];
  readonly #seen: number[];
  readonly #under = new Map<number, Call>();
  readonly #sent = new Map<string, number>();
  readonly #lines: Line[] = [head];
  readonly #isEncoded: boolean;
  #t = 0;
  #op = 0;
  #next = 0;

  constructor(random: Random, shape: Writers) {
    this.#random = random;
    this.#shape = shape;
    this.#shards = evenShards(shape.shards);
    this.#stored = this.#shards.map(() => []);
    this.#seen = this.#shards.map(() => -1);
    this.#isEncoded = random.int(0, 1) === 1;
  }

  lines(steps: number): readonly Line[] {
    this.#write({ type: 'topology', status: 'ACTIVE', shards: this.#shards });
    this.#write({ type: 'reader', reader: 'live', role: 'live' });
    for (let step = 0; step < steps; step += 1) this.#step();
    for (const writer of this.#under.keys()) this.#finish(writer);
    this.#write({ type: 'reader', reader: 'final', role: 'final' });
    for (const at of this.#shards.keys()) this.#readAll(at);
    this.#write({ type: 'end', reason: 'completed' });
    return this.#lines;
  }

  #write(event: object): void {
    this.#t += 10;
    this.#lines.push({ t: this.#t, ...event } as HistoryEvent);
  }

  #step(): void {
    const writer = this.#random.int(1, this.#shape.writers);
    const call = this.#under.get(writer);
    if (this.#random.int(0, 9) === 0) this.#readLive();
    else if (call === undefined) this.#send(writer);
    else if (call.results.length < call.entries.length) this.#store(call, writer);
    else this.#finish(writer);
  }

  #isOdd(): boolean {
    return this.#random.int(1, 100) <= this.#shape.odd;
  }

  #send(writer: number): void {
    this.#op += 1;
    const entries = Array.from({ length: this.#random.int(1, 6) }, () => {
      const key = `key-${this.#random.int(0, 7)}`;
      const n = this.#sent.get(`${writer} ${key}`) ?? 0;
      this.#sent.set(`${writer} ${key}`, n + 1);
      return { key, n, digest: digestOf(`${writer} ${key} ${n}`) };
    });
    const end = this.#isOdd() ? this.#random.pick(['lost', 'fail'] as const) : 'ok';
    this.#under.set(writer, { op: this.#op, entries, results: [], end });
    this.#write({ type: 'put', op: this.#op, producer: `p${writer}`, api: 'PutRecords', entries });
  }

  #store({ entries, results, end }: Call, writer: number): void {
    const { key, n = 0, digest = '' } = entries[results.length] as PutEntryEvent;
    const at = homeOf(this.#shards, key);
    const list = this.#stored[at] as ReadRecord[];
    this.#next += 1;
    const seq = this.#isEncoded ? encodedSeq(at, this.#next) : String((at + 1) * 1_000_000 + this.#next);
    results.push({ shard: (this.#shards[at] as ShardInfo).shard, seq });
    if (end !== 'fail' && !this.#isOdd()) list.push({ seq, key, n, producer: `p${writer}`, digest });
  }

  #finish(writer: number): void {
    const call = this.#under.get(writer) as Call;
    const { op, end } = call;
    while (call.results.length < call.entries.length) this.#store(call, writer);
    this.#under.delete(writer);
    if (end === 'fail') this.#write({ type: 'ack', op, outcome: 'fail', error: 'ServiceUnavailable' });
    else if (end === 'ok') this.#write({ type: 'ack', op, outcome: 'ok', results: call.results });
  }

  #readLive(): void {
    const at = this.#random.int(0, this.#shards.length - 1);
    const list = this.#stored[at] as ReadRecord[];
    const { shard } = this.#shards[at] as ShardInfo;
    const seen = this.#seen[at] as number;
    const from = seen < 0 ? { from: { type: 'TRIM_HORIZON' } } : {};
    this.#seen[at] = list.length;
    const records = list.slice(Math.max(0, seen));
    this.#write({ type: 'page', reader: 'live', chain: at, shard, ...from, records, more: true });
  }

  #readAll(at: number): void {
    const { shard } = this.#shards[at] as ShardInfo;
    const page = { type: 'page', reader: 'final', chain: 100 + at, shard, behind: 0, more: true };
    this.#write({ ...page, from: { type: 'TRIM_HORIZON' }, records: this.#stored[at] });
    this.#write({ ...page, records: [] });
  }
}

const head: Head = {
  type: 'head',
  format: 'kinesis-order-history',
  version: 1,
  run: 'r-writers',
  startedAt: '2026-11-23T08:00:00.000Z',
};
