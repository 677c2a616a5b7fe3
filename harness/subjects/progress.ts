import type { PageEvent } from '../model/event.ts';
import { canonicalSequence, compareSequence } from '../model/sequence-number.ts';
import type { Subscription } from '../tap/page-tap.ts';
import type { SubjectLine } from '../tap/subject-line.ts';
import type { SealedStream } from './subject.ts';

/** How far an application has come, by its own lines and by what its clients fetched. */
export class Progress {
  readonly #highest = new Map<string, string>();
  readonly #done = new Map<string, string>();
  readonly #ended = new Set<string>();
  /** The shards of open subscriptions that were last told where they may go on. */
  readonly #subscribed = new Map<string, string>();
  readonly #changed = new Set<() => void>();
  #hasDones = false;
  /** It has called the engine, or said something. */
  isSeen = false;
  /** It has asked for records, or said something; since it was last started. */
  isReading = false;
  /** Records that its clients fetched. */
  fetchedRecords = 0;
  /** When it was last given something, or fetched something; microseconds. */
  lastT = 0;

  /** Called when something has changed. Answers how to stop that. */
  onChange(listener: () => void): () => void {
    this.#changed.add(listener);
    return () => this.#changed.delete(listener);
  }

  /** `places`: what the line is about, where it names a batch. */
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
    // With its first call for records its time begins anew, whatever that brought.
    if (records.length > 0 || !this.isReading) this.lastT = t;
    this.isSeen = true;
    this.isReading = true;
    this.fetchedRecords += records.length;
    this.#tell();
  }

  /** A subscription is over. The end of the shard is another thing: it may go on with a new one. */
  unsubscribed(subscription: Subscription): void {
    this.#subscribed.delete(nameOf(subscription));
    this.#tell();
  }

  /** It has called the engine. */
  seen(): void {
    this.isSeen = true;
    this.#tell();
  }

  /** Something was done to it: it needs its time again. */
  disturbed(t: number): void {
    this.lastT = t;
    this.#tell();
  }

  /** A process of it was started anew: until that one asks for records, it may still be starting. */
  restarted(t: number): void {
    this.isReading = false;
    this.disturbed(t);
  }

  /** The shards of which it has not handled all. */
  missing({ shards, sentinels, highest }: SealedStream): readonly string[] {
    const open = shards.filter(({ seq: [, ending], shard }) => {
      if (ending !== null && this.#ended.has(shard)) return false;
      const last = sentinels.get(shard) ?? highest(shard);
      return last !== undefined && !this.#handled(shard, last);
    });
    return open.map(({ shard }) => shard);
  }

  /** Closed shards whose end the engine has not told its open subscriptions. */
  untold({ shards }: Pick<SealedStream, 'shards'>): readonly string[] {
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
