import type { EventBody, PutEntryEvent } from '../model/event.ts';
import { OwnLines } from '../model/own-lines.ts';
import { compareSequence } from '../model/sequence-number.ts';
import { isWithoutEffect } from '../model/sure-errors.ts';
import type { EventFact, Fact, PutFact, ReadFact, ReportFact, SubjectFact } from './fact.ts';
import { LinePlaces } from './line-places.ts';
import { asFetched, pageOnClock } from './page-on-clock.ts';
import { chainText, pageText, recordText } from './page-text.ts';
import { finalPage } from './stream.ts';

export type AssembleOptions = {
  readonly write: (event: EventBody) => void;
  /** Writes a page that is already encoded. */
  readonly append: (body: string) => void;
  /** Microseconds since the start of the history. */
  readonly at: (time: number) => number;
  /** The reader's name. */
  readonly reader: string;
  /** True if puts are known. Each delivery is then also written as a read from the stream. */
  readonly isReadTwice: boolean;
};

/** `texts`: the beginning of its pages, one for each reader. */
type Chain = { readonly texts: readonly string[]; seq: string; sub: number; isBegun: boolean };

/** The maximum number of records in a page. */
const pageRecordsMax = 100;
/** The maximum time since the first record of a page, in microseconds. */
const pageTimeMax = 1_000_000;

const noShard = 'not-recorded';

/**
 * Turns facts into events. Consecutive deliveries of one shard and worker are a page. If the sequence numbers of a
 * shard decrease, the consumer has restarted, which begins a new chain. A record without a sequence number keeps its
 * position in the file.
 */
export class Assembler {
  readonly #options: AssembleOptions;
  readonly #chains = new Map<string, Chain>();
  readonly #places = new LinePlaces();
  /** The lowest sequence number of each shard. */
  readonly #lows = new Map<string, string>();
  readonly #subjectChains = new Map<string, number>();
  #chainCount = 0;
  #ops = 0;
  #page: Page | undefined;
  readonly #readers = new Set<string>();
  /** The time of the latest fact. */
  time: number | undefined;

  constructor(options: AssembleOptions) {
    this.#options = options;
  }

  take(fact: Fact): void {
    if (fact.kind === 'read') return this.#read(fact);
    this.flush();
    this.time = fact.time ?? this.time;
    if (fact.kind === 'put') this.#put(fact);
    else if (fact.kind === 'report') this.#report(fact);
    else if (fact.kind === 'subject') this.#subject(fact);
    else this.#event(fact);
  }

  flush(): void {
    const page = this.#page;
    this.#page = undefined;
    if (page === undefined) return;
    const { append, at } = this.#options;
    const { state, first, text, place, file, lines } = page;
    this.#readerOnce(place.reader);
    const isFirst = !state.isBegun;
    state.isBegun = true;
    const t0 = first === undefined || first === this.time ? undefined : at(first);
    for (const chain of state.texts) append(pageText(chain, { isFirst, t0, file, lines: lines.text, records: text }));
  }

  #read(fact: ReadFact): void {
    const { time, worker } = fact;
    const named = fact.shard ?? noShard;
    const { shard, seq } = fact.seq === undefined ? this.#places.of(fact, named) : { shard: named, seq: fact.seq };
    const reader = fact.reader ?? this.#options.reader;
    const place = { reader, shard, worker };
    let page = this.#page;
    if (page === undefined || !page.takes(place, time, fact.file)) page = this.#begin(place, fact, false);
    if (fact.isRestart === true || !page.isAhead(seq, fact.sub)) page = this.#begin(place, fact, true);
    if (page.isEmpty) this.#noteLow(shard, seq);
    page.add(fact, seq);
    this.time = time ?? this.time;
  }

  #begin(place: PagePlace, { time, file }: ReadFact, isAgain: boolean): Page {
    this.flush();
    const name = JSON.stringify(place);
    let state = isAgain ? undefined : this.#chains.get(name);
    if (state === undefined) {
      state = { texts: this.#chainTexts(place), seq: '', sub: -1, isBegun: false };
      this.#chains.set(name, state);
    }
    this.#page = new Page(state, place, time, file);
    return this.#page;
  }

  #chainTexts({ reader, shard, worker }: PagePlace): readonly string[] {
    const { isReadTwice } = this.#options;
    this.#chainCount += 2;
    const own = chainText({ reader, worker, shard, chain: this.#chainCount });
    if (!isReadTwice) return [own];
    return [chainText({ reader: fetcherOf(reader), worker: undefined, shard, chain: this.#chainCount - 1 }), own];
  }

  #readerOnce(reader: string): void {
    if (this.#readers.has(reader)) return;
    this.#readers.add(reader);
    const { isReadTwice, write } = this.#options;
    if (isReadTwice) write({ type: 'reader', reader: fetcherOf(reader), role: 'live', of: reader });
    write({ type: 'reader', reader, role: 'subject' });
  }

  #put(fact: PutFact): void {
    const { write } = this.#options;
    this.#ops += 1;
    const op = this.#ops;
    const { shard, seq, sub, error, producer, api = 'PutRecords' } = fact;
    const { file, line } = fact;
    const own = file === undefined || line === undefined ? {} : { file, lines: String(line) };
    write({ type: 'put', op, api, ...(producer === undefined ? {} : { producer }), ...own, entries: [entryOf(fact)] });
    if (error !== undefined) write({ type: 'ack', op, outcome: isRefusal(error) ? 'fail' : 'info', error });
    else if (shard !== undefined && seq !== undefined) {
      this.#noteLow(shard, seq);
      write({ type: 'ack', op, outcome: 'ok', results: [{ shard, seq, ...(sub === undefined ? {} : { sub }) }] });
    }
  }

  #event({ event }: EventFact): void {
    const { write, at } = this.#options;
    if (event.type !== 'page') write(event);
    else write(finalPage(event, at, this.#lows.get(event.shard), (a, b) => compareSequence(a, b) < 0));
  }

  #subject({ event, file, reader = this.#options.reader }: SubjectFact): void {
    const { isReadTwice, at, write } = this.#options;
    this.#readerOnce(reader);
    if (event.type === 'subject') return write({ ...event, reader });
    const first = event.records?.[0];
    if (first !== undefined) this.#noteLow(event.shard, first.seq);
    const chain = this.#chainOf(`${file} ${event.chain}`);
    const page = pageOnClock(event, this.time === undefined ? undefined : at);
    if (isReadTwice) write(asFetched(page, fetcherOf(reader), this.#nextChain()));
    write({ ...page, reader, chain });
  }

  #chainOf(name: string): number {
    const chain = this.#subjectChains.get(name) ?? this.#nextChain();
    this.#subjectChains.set(name, chain);
    return chain;
  }

  #nextChain(): number {
    this.#chainCount += 1;
    return this.#chainCount;
  }

  #noteLow(shard: string, seq: string): void {
    const low = this.#lows.get(shard);
    if (low === undefined || compareSequence(seq, low) < 0) this.#lows.set(shard, seq);
  }

  #report({ kind: _, time: _time, reader = this.#options.reader, ...said }: ReportFact): void {
    this.#readerOnce(reader);
    const given = Object.entries(said).filter(([, value]) => value !== undefined);
    this.#options.write({ type: 'subject', reader, ...Object.fromEntries(given) } as EventBody);
  }
}

/** True if the error means that nothing was stored. Loggers may write the class with its package, or add a message. */
const isRefusal = (error: string): boolean =>
  isWithoutEffect(
    error
      .split(/[\s:;,(]/, 1)[0]
      ?.split('.')
      .at(-1) ?? error,
    undefined,
  );

const fetcherOf = (reader: string): string => `stream by ${reader}`;

type PagePlace = { readonly reader: string; readonly shard: string; readonly worker: string | undefined };

/** Consecutive deliveries. */
class Page {
  readonly state: Chain;
  readonly place: PagePlace;
  readonly first: number | undefined;
  /** The file of its records. */
  readonly file: number | undefined;
  readonly lines = new OwnLines();
  #records = 0;
  text = '';

  constructor(state: Chain, place: PagePlace, first: number | undefined, file: number | undefined) {
    this.state = state;
    this.place = place;
    this.first = first;
    this.file = file;
  }

  get isEmpty(): boolean {
    return this.#records === 0;
  }

  takes({ reader, shard, worker }: PagePlace, time: number | undefined, file: number | undefined): boolean {
    const { place } = this;
    if (this.file !== file) return false;
    if (place.shard !== shard || place.worker !== worker || place.reader !== reader) return false;
    if (this.#records >= pageRecordsMax) return false;
    return time === undefined || this.first === undefined || time - this.first <= pageTimeMax;
  }

  isAhead(seq: string, sub = -1): boolean {
    const { seq: last, sub: lastSub } = this.state;
    const step = last === '' ? 1 : compareSequence(seq, last);
    return step > 0 || (step === 0 && sub > lastSub);
  }

  add(fact: ReadFact, seq: string): void {
    this.state.seq = seq;
    this.state.sub = fact.sub ?? -1;
    this.text += this.#records === 0 ? recordText(fact, seq) : `,${recordText(fact, seq)}`;
    this.#records += 1;
    if (fact.line !== undefined) this.lines.add(fact.line);
  }
}

const entryOf = ({ key = '', flow, n, digest, bytes }: PutFact): PutEntryEvent => ({
  key,
  ...(flow === undefined ? {} : { flow }),
  ...(n === undefined ? {} : { n }),
  ...(digest === undefined ? {} : { digest }),
  ...(bytes === undefined ? {} : { bytes }),
});
