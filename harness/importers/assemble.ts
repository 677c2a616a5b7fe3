import type { EventBody, PutEntryEvent, ReadRecord } from '../model/event.ts';
import { compareSequence } from '../model/sequence-number.ts';
import type { Fact, PutFact, ReadFact, SaidFact } from './fact.ts';

export type AssembleOptions = {
  readonly write: (event: EventBody) => void;
  /** What the consumer is called. */
  readonly reader: string;
  /** Puts are known too: then what the consumer was given is also written as what was read from the stream. */
  readonly isReadTwice: boolean;
};

type Chain = { readonly chain: number; seq: string; sub: number; isBegun: boolean };

/** A page ends when it has so many records. */
const pageRecordsMax = 100;
/** Or when so much time has passed since its first record, microseconds. */
const pageTimeMax = 1_000_000;

export const noShard = 'not-recorded';

/**
 * Facts become events. Deliveries of one shard and worker that follow each other are a page. Where the numbers of a shard fall, the consumer has begun again: a new chain. A record without a
 * number stands where it stood in the file.
 */
export class Assembler {
  readonly #options: AssembleOptions;
  readonly #chains = new Map<string, Chain>();
  readonly #indexes = new Map<string, number>();
  #chainCount = 0;
  #ops = 0;
  #page: Page | undefined;
  #isReaderKnown = false;
  /** The last time that was seen. */
  time: number | undefined;

  constructor(options: AssembleOptions) {
    this.#options = options;
  }

  take(fact: Fact): void {
    if (fact.kind === 'read') return this.#read(fact);
    this.flush();
    this.time = fact.time ?? this.time;
    if (fact.kind === 'put') this.#put(fact);
    else this.#said(fact);
  }

  flush(): void {
    const page = this.#page;
    this.#page = undefined;
    if (page === undefined) return;
    const { chain, shard, worker, records, isFirst, first } = page;
    const { reader, isReadTwice, write } = this.#options;
    this.#readerOnce();
    const from = isFirst ? ({ from: { type: 'UNKNOWN' } } as const) : {};
    const t0 = first === undefined ? {} : { t0: this.at(first) };
    if (isReadTwice)
      write({ type: 'page', reader: `stream by ${reader}`, chain: chain * 2, shard, ...t0, ...from, records });
    write({
      type: 'page',
      reader,
      chain: isReadTwice ? chain * 2 + 1 : chain,
      shard,
      ...t0,
      ...from,
      ...(worker === undefined ? {} : { worker }),
      records,
    });
  }

  /** Microseconds since the start of the history; set by whoever knows the start. */
  at: (time: number) => number = (time) => time;

  #read(fact: ReadFact): void {
    const { time, worker } = fact;
    const shard = fact.shard ?? noShard;
    const seq = fact.seq ?? this.#indexIn(shard);
    let page = this.#page;
    const isOther =
      page === undefined ||
      page.shard !== shard ||
      page.worker !== worker ||
      page.records.length >= pageRecordsMax ||
      (time !== undefined && page.first !== undefined && time - page.first > pageTimeMax);
    if (isOther) page = this.#begin(shard, worker, time);
    const chain = (page as Page).state;
    const step = chain.seq === '' ? 1 : compareSequence(seq, chain.seq);
    if (fact.isRestart === true || step < 0 || (step === 0 && (fact.sub ?? -1) <= chain.sub)) {
      this.flush();
      this.#chains.delete(nameOf(shard, worker));
      page = this.#begin(shard, worker, time);
    }
    const { state, records } = page as Page;
    state.seq = seq;
    state.sub = fact.sub ?? -1;
    records.push(readRecord(fact, seq));
    this.time = time ?? this.time;
  }

  #begin(shard: string, worker: string | undefined, time: number | undefined): Page {
    this.flush();
    const name = nameOf(shard, worker);
    let state = this.#chains.get(name);
    if (state === undefined) {
      this.#chainCount += 1;
      state = { chain: this.#chainCount, seq: '', sub: -1, isBegun: false };
      this.#chains.set(name, state);
    }
    const isFirst = !state.isBegun;
    state.isBegun = true;
    const page: Page = { chain: state.chain, state, shard, worker, records: [], isFirst, first: time };
    this.#page = page;
    return page;
  }

  #readerOnce(): void {
    if (this.#isReaderKnown) return;
    this.#isReaderKnown = true;
    const { reader, isReadTwice, write } = this.#options;
    if (isReadTwice) write({ type: 'reader', reader: `stream by ${reader}`, role: 'live', of: reader });
    write({ type: 'reader', reader, role: 'subject' });
  }

  #put(fact: PutFact): void {
    const { write } = this.#options;
    this.#ops += 1;
    const op = this.#ops;
    const { shard, seq, sub, error, producer, api = 'PutRecords' } = fact;
    write({ type: 'put', op, api, ...(producer === undefined ? {} : { producer }), entries: [entryOf(fact)] });
    if (error !== undefined) write({ type: 'ack', op, outcome: 'info', error });
    else if (shard !== undefined && seq !== undefined)
      write({ type: 'ack', op, outcome: 'ok', results: [{ shard, seq, ...(sub === undefined ? {} : { sub }) }] });
  }

  #said({ event, worker, shard, seq, sub, at, to }: SaidFact): void {
    this.#readerOnce();
    this.#options.write({
      type: 'subject',
      reader: this.#options.reader,
      event,
      ...(worker === undefined ? {} : { worker }),
      ...(shard === undefined ? {} : { shard }),
      ...(seq === undefined ? {} : { seq }),
      ...(sub === undefined ? {} : { sub }),
      ...(at === undefined ? {} : { at }),
      ...(to === undefined ? {} : { to }),
    });
  }

  #indexIn(shard: string): string {
    const index = (this.#indexes.get(shard) ?? 0) + 1;
    this.#indexes.set(shard, index);
    return String(index);
  }
}

type Page = {
  readonly chain: number;
  readonly state: Chain;
  readonly shard: string;
  readonly worker: string | undefined;
  readonly records: ReadRecord[];
  readonly isFirst: boolean;
  readonly first: number | undefined;
};

const nameOf = (shard: string, worker: string | undefined): string =>
  worker === undefined ? shard : `${shard} ${worker}`;

const readRecord = (fact: ReadFact, seq: string): ReadRecord => ({
  seq,
  ...(fact.sub === undefined ? {} : { sub: fact.sub }),
  ...namesOf(fact),
  ...(fact.arrival === undefined ? {} : { arrival: fact.arrival }),
});

const entryOf = (fact: PutFact): PutEntryEvent => ({ ...namesOf(fact), key: fact.key ?? '' });

const namesOf = ({ key, flow, producer, n, digest, bytes }: ReadFact | PutFact) => ({
  ...(key === undefined ? {} : { key }),
  ...(flow === undefined ? {} : { flow }),
  ...(producer === undefined ? {} : { producer }),
  ...(n === undefined ? {} : { n }),
  ...(digest === undefined ? {} : { digest }),
  ...(bytes === undefined ? {} : { bytes }),
});
