import type { PageEvent } from '../model/event.ts';
import { canonicalSequence, compareSequence } from '../model/sequence-number.ts';
import type { Subscription } from '../tap/page-tap.ts';
import type { SubjectLine } from '../tap/subject-line.ts';
import type { SealedStream } from './subject.ts';

/** Follows an application by its own lines and by what its clients fetched. */
export class Progress {
  readonly #highest = new Map<string, string>();
  readonly #done = new Map<string, string>();
  readonly #ended = new Set<string>();
  /** The shards of open subscriptions whose last event had a continuation, by subscription. */
  readonly #subscribed = new Map<string, string>();
  readonly #changed = new Set<() => void>();
  #hasDones = false;
  /** True once it has called the engine, or printed a line. */
  isSeen = false;
  /** True once it has fetched a page, with records or without, or printed a line, since its last start. */
  isReading = false;
  /** True once its clients got an answer of GetRecords, or an event of a subscription, with records or without. */
  hasFetched = false;
  /** The number of records that its clients fetched. */
  fetchedRecords = 0;
  /**
   * The time of its last line, of the last page with records, or of the last act or end of a process; microseconds.
   */
  lastT = 0;

  /** Subscribes to changes; returns how to unsubscribe. */
  onChange(listener: () => void): () => void {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  /** Notes a line. `places`: the records that the line is about, see `SubjectRecorder.record`. */
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
    // Its quiet time begins again with its first fetch, with records or without.
    if (records.length > 0 || !this.isReading) this.lastT = t;
    this.isSeen = true;
    this.isReading = true;
    this.hasFetched = true;
    this.fetchedRecords += records.length;
    this.#tell();
  }

  /** Notes that a subscription has ended. The shard has not: the consumer may subscribe again. */
  unsubscribed(subscription: Subscription): void {
    this.#subscribed.delete(nameOf(subscription));
    this.#tell();
  }

  /** Notes that it has called the engine. */
  seen(): void {
    this.isSeen = true;
    this.#tell();
  }

  /** Notes an act, or the end of a process: its quiet time begins again. */
  disturbed(t: number): void {
    this.lastT = t;
    this.#tell();
  }

  /** Notes that a process was started again. Until that process fetches records, it may still be starting. */
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
