import { roomFor, writeName } from '../lib/names.ts';
import { DigestParts } from './digests.ts';
import type { AckEvent, PageEvent, PutEntryEvent, PutEvent, PutResult, ReadRecord } from './event.ts';
import {
  type ColumnEvent,
  columnTypes,
  itemBit,
  LineBytes,
  LineColumns,
  none,
  rareBit,
  type Span,
} from './line-columns.ts';
import { limbsPer, SequenceParts } from './sequences.ts';

/** Writes a parsed put, answer or page into the columns that a scanner fills, so that one fold reads both. */
class ColumnWriter {
  readonly #line = new LineColumns();
  #bytes: Buffer = Buffer.alloc(0);
  #used = 0;
  readonly #number = new SequenceParts();
  readonly #digest = new DigestParts();

  take(event: ColumnEvent): LineColumns {
    const line = this.#line;
    this.#used = 0;
    line.clear();
    line.event = event;
    line.t = event.t;
    if (event.type === 'put') this.#put(event);
    else if (event.type === 'ack') this.#ack(event);
    else this.#page(event);
    return line;
  }

  #put({ op, api, parts, retryOf, due, producer, entries }: PutEvent): void {
    const line = this.#line;
    line.type = columnTypes.put;
    line.op = op;
    line.isBatch = api === 'PutRecords' || parts !== undefined;
    if (typeof retryOf === 'number') line.retryOf = retryOf;
    if (due !== undefined) line.due = due;
    if (producer !== undefined) this.#span(line.producer, producer);
    for (const entry of entries) this.#take(this.#entry(this.#next(), entry));
  }

  #entry(item: number, { key, flow, producer, n, digest, bytes, hash, after, part }: PutEntryEvent): number {
    const line = this.#line;
    return (
      this.#text(itemBit.name, line.nameStart, line.nameEnd, item, key) |
      this.#value(itemBit.n, line.n, item, n) |
      this.#takeDigest(item, digest) |
      this.#value(itemBit.size, line.size, item, bytes) |
      this.#text(itemBit.hash, line.hashStart, line.hashEnd, item, hash) |
      this.#takeNumber(item, after) |
      this.#text(itemBit.producer, line.producerStart, line.producerEnd, item, producer) |
      this.#value(itemBit.sub, line.sub, item, part) |
      (flow === undefined ? 0 : rareBit)
    );
  }

  #ack({ op, outcome, results, attempts }: AckEvent): void {
    const line = this.#line;
    line.type = columnTypes.ack;
    line.op = op;
    line.attempts = attempts ?? none;
    if (outcome !== 'ok') return;
    for (const result of results ?? []) this.#take(this.#result(this.#next(), result));
  }

  /** A result that is no error has a shard and a number: its shape was validated. */
  #result(item: number, result: PutResult): number {
    if ('error' in result && typeof result.error === 'string') return rareBit;
    const { shard, seq, sub } = result as Extract<PutResult, { readonly seq: string }>;
    const named = this.#text(itemBit.name, this.#line.nameStart, this.#line.nameEnd, item, shard);
    return named | this.#takeNumber(item, seq) | this.#value(itemBit.sub, this.#line.sub, item, sub);
  }

  #page({ t0, reader, chain, shard, records, behind, more, error }: PageEvent): void {
    const line = this.#line;
    line.type = columnTypes.page;
    line.chain = chain;
    line.t0 = t0 ?? Number.NaN;
    line.behind = behind ?? Number.NaN;
    line.more = more === undefined ? 0 : more ? 1 : 2;
    this.#span(line.reader, reader);
    this.#span(line.shard, shard);
    if (error === undefined) for (const record of records ?? []) this.#take(this.#record(this.#next(), record));
  }

  #record(item: number, { seq, sub, key, flow, idKey, producer, n, digest, arrival }: ReadRecord): number {
    const line = this.#line;
    return (
      this.#takeNumber(item, seq) |
      this.#text(itemBit.name, line.nameStart, line.nameEnd, item, key) |
      this.#text(itemBit.idKey, line.idKeyStart, line.idKeyEnd, item, idKey) |
      this.#text(itemBit.producer, line.producerStart, line.producerEnd, item, producer) |
      this.#value(itemBit.n, line.n, item, n) |
      this.#takeDigest(item, digest) |
      this.#value(itemBit.arrival, line.arrival, item, arrival) |
      this.#value(itemBit.sub, line.sub, item, sub) |
      (flow === undefined ? 0 : rareBit)
    );
  }

  #next(): number {
    const line = this.#line;
    if (line.count === line.capacity) line.grow(line.capacity * 2);
    return line.count;
  }

  #take(has: number): void {
    this.#line.has[this.#line.count] = has;
    this.#line.count += 1;
  }

  #takeNumber(item: number, text: string | undefined): number {
    if (text === undefined) return 0;
    this.#number.read(text);
    this.#line.limbs.set(this.#number.limbs, item * limbsPer);
    return itemBit.number | (this.#number.long === undefined ? 0 : rareBit);
  }

  #takeDigest(item: number, text: string | undefined): number {
    if (text === undefined) return 0;
    this.#digest.read(text);
    if (this.#digest.text !== undefined) return rareBit;
    this.#line.digestHigh[item] = this.#digest.high;
    this.#line.digestLow[item] = this.#digest.low;
    return itemBit.digest;
  }

  #value(bit: number, column: Float64Array, item: number, value: number | undefined): number {
    if (value === undefined) return 0;
    column[item] = value;
    return bit;
  }

  #text(bit: number, starts: Int32Array, ends: Int32Array, item: number, text: string | undefined): number {
    if (text === undefined) return 0;
    starts[item] = this.#used;
    this.#write(text);
    ends[item] = this.#used;
    return bit;
  }

  #span(span: Span, text: string): void {
    span.start = this.#used;
    this.#write(text);
    span.end = this.#used;
  }

  #write(text: string): void {
    if (this.#used + roomFor(text) > this.#bytes.length) this.#grow(this.#used + roomFor(text));
    this.#used = writeName(this.#bytes, this.#used, text);
  }

  #grow(size: number): void {
    const larger = new LineBytes(size * 2);
    larger.bytes.set(this.#bytes.subarray(0, this.#used));
    this.#bytes = Buffer.from(larger.bytes.buffer);
    this.#line.source = larger;
  }
}

const writer = new ColumnWriter();

/** Returns the columns of an event. They are valid until the next call. */
export const columnsOf = (event: ColumnEvent): LineColumns => writer.take(event);
