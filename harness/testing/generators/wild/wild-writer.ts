import type { Random } from '../../../lib/random.ts';
import type { EventBody, PutEntryEvent, PutResult } from '../../../model/event.ts';
import { hashKeyMax } from '../../../model/hash-key.ts';
import { digestOf } from '../even-shards.ts';
import type { Strikes } from './disorder.ts';
import type { WildStream } from './wild-stream.ts';

type Sent = { readonly op: number; readonly producer: string; readonly entries: readonly PutEntryEvent[] };
type Flight = Sent & { readonly isAggregate: boolean; results: readonly PutResult[] | undefined };

/** Producers that send, get answers or none, and send again. */
export class WildWriter {
  readonly #random: Random;
  readonly #strikes: Strikes;
  readonly #stream: WildStream;
  readonly #write: (event: EventBody) => void;
  readonly #counts = new Map<string, number>();
  readonly #last = new Map<string, bigint>();
  readonly #past: Sent[] = [];
  readonly #styles: readonly ('chained' | 'serial' | 'batch' | 'overlapping')[];
  flights: Flight[] = [];
  #op = 0;

  constructor(random: Random, strikes: Strikes, stream: WildStream, write: (event: EventBody) => void) {
    this.#random = random;
    this.#strikes = strikes;
    this.#stream = stream;
    this.#write = write;
    this.#styles = [0, 1].map(() => random.pick(['chained', 'chained', 'serial', 'batch', 'overlapping'] as const));
  }

  send(): void {
    const which = this.#random.int(0, 1);
    const [producer, style] = [`p${which}`, this.#styles[which] ?? 'serial'];
    if (style !== 'overlapping' && this.flights.some((flight) => flight.producer === producer)) return;
    const before = this.#strikes('sent-again') ? this.#past[this.#random.int(0, this.#past.length - 1)] : undefined;
    this.#op += this.#random.int(1, 2);
    const op = this.#op;
    const isAggregate = style === 'batch' && this.#strikes('aggregate');
    const made = before?.entries ?? this.#entries(producer, style);
    const entries = isAggregate ? made.map(({ hash: _, ...entry }) => ({ ...entry, part: 0 })) : made;
    const sent: Sent = { op, producer: before?.producer ?? producer, entries };
    this.#write({
      type: 'put',
      op,
      producer: sent.producer,
      api: style === 'batch' ? 'PutRecords' : 'PutRecord',
      ...(before === undefined ? {} : { attempt: 2, retryOf: before.op }),
      ...(isAggregate ? { parts: [{ key: entries[0]?.key ?? 'a' }] } : {}),
      entries,
    });
    this.#past.push(sent);
    this.flights.push({ ...sent, isAggregate, results: undefined });
  }

  #entries(producer: string, style: string): readonly PutEntryEvent[] {
    const size = style === 'batch' ? this.#random.int(1, 3) : 1;
    return Array.from({ length: size }, () => this.#entry(producer, style));
  }

  #entry(producer: string, style: string): PutEntryEvent {
    const key = this.#random.pick(['a', 'a', 'b']);
    const flow = `${producer} ${key}`;
    const n = (this.#counts.get(flow) ?? 0) + (this.#strikes('number-skipped') ? 1 : 0);
    this.#counts.set(flow, n + 1);
    const last = this.#last.get(flow);
    const after = last === undefined ? undefined : this.#strikes('after-stale') ? last + 2n : last;
    return {
      key,
      n,
      ...(this.#strikes('no-digest') ? {} : { digest: digestOf(`${flow} ${n}`), bytes: 20 }),
      ...(style === 'chained' && after !== undefined ? { after: this.#stream.text(after) } : {}),
      ...(this.#strikes('explicit-hash') ? { hash: String(this.#random.pick([0n, hashKeyMax])) } : {}),
    };
  }

  /** Stores or answers a call in flight. */
  advance(): void {
    const index = this.#random.int(0, this.flights.length - 1);
    const flight = this.flights[index];
    if (flight === undefined) return;
    if (flight.results === undefined && !this.#strikes('ack-missing')) {
      flight.results = flight.isAggregate ? this.#storeWhole(flight) : this.#storeEach(flight);
      return;
    }
    this.flights.splice(index, 1);
    this.#answer(flight);
  }

  #storeEach({ producer, entries }: Flight): readonly PutResult[] {
    return entries.map(({ key, n, digest, hash }) => {
      if (this.#strikes('entry-failed')) return { error: 'ProvisionedThroughputExceededException' };
      const record = { key, producer, ...(n === undefined ? {} : { n }), ...(digest === undefined ? {} : { digest }) };
      const { shard, value } = this.#stream.store(key, record, hash === undefined ? undefined : BigInt(hash));
      this.#last.set(`${producer} ${key}`, value);
      return { shard: shard.name, seq: this.#stream.text(this.#strikes('ack-elsewhere') ? value + 1n : value) };
    });
  }

  /** Stores the user records of an aggregate at one sequence number, with their own sub-sequence numbers. */
  #storeWhole({ producer, entries }: Flight): readonly PutResult[] {
    const [first] = entries;
    let place: ReturnType<WildStream['store']> | undefined;
    return entries.map(({ key, n, digest }, sub) => {
      const record = { key: first?.key ?? key, idKey: key, producer, sub, ...(digest === undefined ? {} : { digest }) };
      const whole = n === undefined ? record : { ...record, n };
      if (place === undefined) place = this.#stream.store(first?.key ?? key, whole);
      else place.shard.log.splice(place.shard.log.length, 0, { value: place.value, record: whole });
      return { shard: place.shard.name, seq: this.#stream.text(place.value), sub };
    });
  }

  #answer({ op, results }: Flight): void {
    if (results === undefined) return;
    if (this.#strikes('ack-failed')) this.#write({ type: 'ack', op, outcome: 'fail', error: 'ValidationException' });
    else if (this.#strikes('ack-unknown')) this.#write({ type: 'ack', op, outcome: 'info', error: 'TimeoutError' });
    else {
      const turned = this.#strikes('ack-exchanged') ? [...results].reverse() : results;
      this.#write({ type: 'ack', op, outcome: 'ok', results: turned });
    }
  }
}
