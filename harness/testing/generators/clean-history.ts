import { createHash } from 'node:crypto';
import { type Random, seededRandom } from '../../lib/random.ts';
import type { EventBody, Head, HistoryEvent, PutResult } from '../../model/event.ts';
import { nameOf, Service } from './service.ts';

type Line = Head | HistoryEvent;
type Item = { readonly key: string; readonly n: number };
type Flight = {
  readonly op: number;
  readonly producer: Producer;
  readonly items: readonly Item[];
  results: PutResult[] | undefined;
  isAnswered: boolean;
};
type Producer = {
  readonly name: string;
  readonly style: 'chained' | 'serial' | 'overlapping' | 'batch';
  readonly counts: Map<string, number>;
  readonly last: Map<string, string>;
  again: Item[];
  flying: number;
};
type Reader = {
  readonly name: string;
  readonly at: Map<number, number>;
  readonly chains: Map<number, number>;
  readonly isDone: Set<number>;
};

const keys = ['a', 'b', 'c', 'd'] as const;
const digestOf = (producer: string, { key, n }: Item): string =>
  createHash('sha256').update(`${producer} ${key} ${n}`).digest('hex').slice(0, 16);

/**
 * A history that a correct service and careful clients may well produce: producers of all four modes, throttles,
 * timeouts that land late or never, partial failures sent again, resharding under load, live readers that restart,
 * late answers. Whatever a judge forbids in it is a false alarm. The same seed gives the same history.
 */
export const cleanHistory = (seed: string, steps = 120): readonly Line[] => new Run(seededRandom(seed)).play(steps);

class Run {
  readonly #random: Random;
  readonly #service: Service;
  readonly #lines: Line[] = [
    {
      type: 'head',
      format: 'kinesis-order-history',
      version: 1,
      run: 'r-clean',
      startedAt: '2026-11-23T08:00:00.000Z',
    },
  ];
  readonly #producers: readonly Producer[];
  readonly #flights: Flight[] = [];
  readonly #readers: Reader[] = [];
  #t = 0;
  #op = 0;
  #chain = 0;
  #reshards = 0;

  constructor(random: Random) {
    this.#random = random;
    this.#service = new Service(random, random.int(1, 3));
    const styles = ['chained', 'serial', 'overlapping', 'batch'] as const;
    this.#producers = Array.from({ length: random.int(1, 3) }, (_, index) => ({
      name: `p${index}`,
      style: random.pick(styles),
      counts: new Map(),
      last: new Map(),
      again: [],
      flying: 0,
    }));
  }

  play(steps: number): readonly Line[] {
    this.#topology();
    this.#read('live', 'live');
    for (let step = 0; step < steps; step += 1) this.#step();
    // A careful client sends until nothing is left to send again.
    while (this.#flights.length > 0 || this.#producers.some(({ again }) => again.length > 0)) {
      this.#advance();
      for (const producer of this.#producers) if (producer.again.length > 0) this.#sendBy(producer);
    }
    this.#seal();
    this.#topology();
    this.#drain(this.#readers[0]);
    this.#drain(this.#read('final', 'final'));
    this.#write({ type: 'end', reason: 'completed' });
    return this.#lines;
  }

  #write(event: EventBody): number {
    this.#t += this.#random.int(0, 40);
    this.#lines.push({ t: this.#t, ...event } as HistoryEvent);
    return this.#t;
  }

  #step(): void {
    const draw = this.#random.next();
    if (draw < 0.35) this.#send();
    else if (draw < 0.75) this.#advance();
    else if (draw < 0.95) this.#poll(this.#readers[0]);
    else if (this.#reshards < 3) this.#reshard();
  }

  /** Sends for one producer. A careful client sends refused and timed-out records before newer ones. */
  #send(): void {
    const producer = this.#producers[this.#random.int(0, this.#producers.length - 1)];
    if (producer !== undefined) this.#sendBy(producer);
  }

  #sendBy(producer: Producer): void {
    if (producer.flying >= (producer.style === 'overlapping' ? 3 : 1)) return;
    const size = producer.style === 'batch' ? this.#random.int(2, 5) : 1;
    const items = producer.again.splice(0, size);
    while (items.length < size) items.push(this.#next(producer));
    this.#op += 1;
    const [first] = items;
    const after = producer.style === 'chained' && first !== undefined ? producer.last.get(first.key) : undefined;
    this.#write({
      type: 'put',
      op: this.#op,
      producer: producer.name,
      api: producer.style === 'batch' ? 'PutRecords' : 'PutRecord',
      entries: items.map((item) => ({
        ...item,
        digest: digestOf(producer.name, item),
        bytes: 20,
        ...(after === undefined ? {} : { after }),
      })),
    });
    producer.flying += 1;
    this.#flights.push({ op: this.#op, producer, items, results: undefined, isAnswered: false });
  }

  #next(producer: Producer): Item {
    const key = this.#random.pick(keys);
    const n = producer.counts.get(key) ?? 0;
    producer.counts.set(key, n + 1);
    return { key, n };
  }

  /**
   * Moves one call in flight one step: it is stored, answered, or times out. A call that timed out may still be
   * stored.
   */
  #advance(): void {
    const flight = this.#flights[this.#random.int(0, this.#flights.length - 1)];
    if (flight === undefined) return;
    const draw = this.#random.next();
    if (flight.results === undefined && draw < 0.7) flight.results = this.#store(flight);
    else if (!flight.isAnswered) this.#answer(flight, draw);
    if (flight.isAnswered && (flight.results !== undefined || draw > 0.9))
      this.#flights.splice(this.#flights.indexOf(flight), 1);
  }

  #store({ producer, items, isAnswered }: Flight): PutResult[] {
    return items.map((item) => {
      if (producer.style === 'batch' && !isAnswered && this.#random.next() < 0.1)
        return { error: 'ProvisionedThroughputExceededException' };
      const digest = digestOf(producer.name, item);
      return this.#service.put(item.key, { key: item.key, producer: producer.name, n: item.n, digest, bytes: 20 });
    });
  }

  #answer(flight: Flight, draw: number): void {
    const { op, producer, items, results } = flight;
    producer.flying -= 1;
    flight.isAnswered = true;
    if (results !== undefined && draw < 0.9) {
      this.#write({ type: 'ack', op, outcome: 'ok', results });
      results.forEach((result, index) => {
        const item = items[index];
        if (item === undefined) return;
        if ('seq' in result) producer.last.set(item.key, result.seq);
        else producer.again.push(item);
      });
      return;
    }
    const isThrottled = results === undefined && draw < 0.85;
    this.#write(
      isThrottled
        ? { type: 'ack', op, outcome: 'fail', error: 'ProvisionedThroughputExceededException' }
        : { type: 'ack', op, outcome: 'info', error: 'TimeoutError' },
    );
    producer.again.push(...items);
    if (isThrottled) flight.results = [];
  }

  #reshard(): void {
    this.#reshards += 1;
    const id = this.#reshards;
    const t = this.#t;
    const { action, shards } = this.#service.reshard();
    this.#t = t;
    this.#write({ type: 'reshard', id, phase: 'invoke', action, shards });
    this.#write({ type: 'reshard', id, phase: 'ok' });
    this.#topology();
  }

  #topology(): void {
    this.#write({ type: 'topology', status: 'ACTIVE', shards: this.#service.list() });
  }

  #seal(): void {
    for (const { name, first } of this.#service.openShards()) {
      this.#op += 1;
      const item = { key: `sentinel-${name}`, n: 0 };
      const digest = digestOf('harness', item);
      this.#write({
        type: 'put',
        op: this.#op,
        producer: 'harness',
        api: 'PutRecord',
        role: 'sentinel',
        entries: [{ ...item, digest, hash: String(first) }],
      });
      this.#write({
        type: 'ack',
        op: this.#op,
        outcome: 'ok',
        results: [this.#service.put(item.key, { ...item, producer: 'harness', digest }, first)],
      });
    }
  }

  #read(name: string, role: 'live' | 'final'): Reader {
    const reader: Reader = { name, at: new Map(), chains: new Map(), isDone: new Set() };
    this.#readers.push(reader);
    this.#write({ type: 'reader', reader: name, role });
    return reader;
  }

  #drain(reader: Reader | undefined): void {
    for (let pages = 0; pages < 10_000 && this.#poll(reader); pages += 1);
  }

  /** Reads the next page of a shard whose parents are done. False if nothing is left. */
  #poll(reader: Reader | undefined): boolean {
    if (reader === undefined) return false;
    const ready = this.#service.shards.filter(
      ({ id, parents, log }) =>
        !reader.isDone.has(id) &&
        parents.every((parent) => reader.isDone.has(parent)) &&
        (this.#service.shards[id]?.end !== undefined || (reader.at.get(id) ?? 0) < log.length),
    );
    const shard = ready[this.#random.int(0, Math.max(0, ready.length - 1))];
    if (shard === undefined) return false;
    const at = reader.at.get(shard.id) ?? 0;
    const isNew = !reader.chains.has(shard.id) || (at > 0 && this.#random.next() < 0.15);
    if (isNew) {
      this.#chain += 1;
      reader.chains.set(shard.id, this.#chain);
    }
    const before = shard.log[at - 1]?.seq;
    const { records, next } = this.#service.read(shard.id, at, this.#random.int(1, 6));
    const t0 = this.#t;
    const start =
      before === undefined
        ? ({ type: 'TRIM_HORIZON' } as const)
        : ({ type: 'AFTER_SEQUENCE_NUMBER', seq: before } as const);
    this.#write({
      type: 'page',
      t0,
      reader: reader.name,
      chain: reader.chains.get(shard.id) ?? 0,
      shard: nameOf(shard.id),
      ...(isNew ? { from: { ...start, t0, t: t0 } } : {}),
      records: records.map(({ seq, record }) => ({ seq, ...record })),
      more: next !== undefined,
    });
    reader.at.set(shard.id, at + records.length);
    if (next === undefined) reader.isDone.add(shard.id);
    return true;
  }
}
