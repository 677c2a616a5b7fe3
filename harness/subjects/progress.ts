import type { PageEvent } from '../model/event.ts';
import { canonicalSequence, compareSequence } from '../model/sequence-number.ts';
import type { Subscription } from '../tap/page-tap.ts';
import type { SubjectLine } from '../tap/subject-line.ts';
import type { SealedStream } from './subject.ts';

/** The progress of an application, by its own lines and by what its clients fetched. */
export class Progress {
  readonly #highest = new Map<string, string>();
  readonly #done = new Map<string, string>();
  readonly #ended = new Set<string>();
  /** The shards of open subscriptions that have last received a continuation. */
  readonly #subscribed = new Map<string, string>();
  readonly #changed = new Set<() => void>();
  #hasDones = false;
  /** It has called the engine, or printed a line. */
  isSeen = false;
  /** It has fetched records, or printed a line, since its last start. */
  isReading = false;
  /** Its clients got an answer of GetRecords, or an event of a subscription, with records or without. */
  hasFetched = false;
  /** Records that its clients fetched. */
  fetchedRecords = 0;
  /** When it last received or fetched something; microseconds. */
  lastT = 0;

  /** Subscribes to changes; returns how to unsubscribe. */
  onChange(listener: () => void): () => void {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  /** `places`: the records of the line, if it names a batch. */
  heard(line: SubjectLine, places: readonly { readonly seq: string }[], t: number): void {
    const { shard } = line.hand;
    this.isSeen = true;
    this.isReading = true;
    this.lastT = t;
    if (line.type === 'deliver') for (const { seq } of line.records) raise(this.#highest, shard, seq);
    this.#hasDones ||= line.type === 'done';
    if (line.type === 'done' || line.type === 'discard') for (const { seq } of places) raise(this.#done, shard, seq);
    if (line.type === 'end' || (line.type === 'checkpoint' && line.isShardEnd)) this.#ended.add(shard);
    this.#tell();
  }

  fetched(page: Omit<PageEvent, 't'>, t: number): void {
    const { shard, records = [], continuation } = page;
    if (continuation === undefined) this.#subscribed.delete(nameOf(page));
    else this.#subscribed.set(nameOf(page), shard);
    // Its time begins again with its first fetch, whatever that returned.
    if (records.length > 0 || !this.isReading) this.lastT = t;
    this.isSeen = true;
    this.isReading = true;
    this.hasFetched = true;
    this.fetchedRecords += records.length;
    this.#tell();
  }

  /** A subscription has ended. That is not the end of the shard: the consumer may subscribe again. */
  unsubscribed(subscription: Subscription): void {
    this.#subscribed.delete(nameOf(subscription));
    this.#tell();
  }

  /** It has called the engine. */
  seen(): void {
    this.isSeen = true;
    this.#tell();
  }

  /** An act was done to it: its time begins again. */
  disturbed(t: number): void {
    this.lastT = t;
    this.#tell();
  }

  /** A process of it was started again: until that one fetches records, it may still be starting. */
  restarted(t: number): void {
    this.isReading = false;
    this.disturbed(t);
  }

  /** The shards in which it has not handled everything. */
  missing({ shards, sentinels, highest }: SealedStream): readonly string[] {
    const open = shards.filter(({ seq: [, ending], shard }) => {
      if (ending !== null && this.#ended.has(shard)) return false;
      const last = sentinels.get(shard) ?? highest(shard);
      return last !== undefined && !this.#handled(shard, last);
    });
    return open.map(({ shard }) => shard);
  }

  /** Closed shards whose end the engine has not reported to its open subscriptions. */
  unreportedEnds({ shards }: Pick<SealedStream, 'shards'>): readonly string[] {
    const closed = shards.filter(({ seq: [, ending], shard }) => ending !== null && !this.#ended.has(shard));
    const subscribed = new Set(this.#subscribed.values());
    return closed.map(({ shard }) => shard).filter((shard) => subscribed.has(shard));
  }

  #handled(shard: string, seq: string): boolean {
    const reached = (this.#hasDones ? this.#done : this.#highest).get(shard);
    return reached !== undefined && compareSequence(reached, canonicalSequence(seq)) >= 0;
  }

  #tell(): void {
    for (const listener of this.#changed) listener();
  }
}

const nameOf = ({ reader, chain, shard }: Subscription): string => `${reader} ${chain} ${shard}`;

const raise = (known: Map<string, string>, shard: string, seq: string): void => {
  const before = known.get(shard);
  const number = canonicalSequence(seq);
  if (before === undefined || compareSequence(number, before) > 0) known.set(shard, number);
};
