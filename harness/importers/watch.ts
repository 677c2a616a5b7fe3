import { Apart } from './apart.ts';
import { ClockOffset } from './clock-offset.ts';
import type { Fact } from './fact.ts';
import { KeyShards } from './key-shards.ts';
import { Missed } from './missed.ts';
import type { ShardList } from './shard-list.ts';
import { Ties } from './ties.ts';
import { UnreadShards } from './unread-shards.ts';

export type WatchOptions = {
  /** Applications that have a file of their own. */
  readonly readers: readonly string[];
  /** The lists of shards are known, so nobody has to piece them together. */
  readonly isShardListed: boolean;
  /** The counter looks like a time. */
  readonly isTied: boolean;
  /** What --clock-skew says. */
  readonly clockSkewMs: number | undefined;
};

/** What is only seen in the whole of an import, and said at its end. */
export class Watch {
  readonly missed: Missed;
  readonly #options: WatchOptions;
  readonly #offset = new ClockOffset();
  readonly #ties = new Ties();
  readonly #unread = new UnreadShards();
  readonly #keys = new KeyShards();
  readonly #apart = new Apart();
  #callsWithoutName = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.missed = new Missed(options.readers);
  }

  list(list: ShardList): void {
    this.#unread.list(list);
  }

  /** What is to be written for this one; undefined: nothing. */
  seen(fact: Fact): Fact | undefined {
    const { isShardListed, isTied } = this.#options;
    // Pieced together out of a log: the list says more.
    if (isShardListed && fact.kind === 'event' && fact.event.type === 'topology' && fact.event.status === 'PARTIAL')
      return undefined;
    const known = isTied && (fact.kind === 'read' || fact.kind === 'put') ? this.#ties.take(fact) : fact;
    this.#unread.take(known);
    if (!isShardListed) this.#keys.take(known);
    this.#offset.take(known);
    this.#apart.take(known);
    this.missed.take(known);
    if (known.kind === 'put' && known.api === undefined) this.#callsWithoutName += 1;
    return known;
  }

  words(stream: string | undefined, zoneless: ReadonlySet<'puts' | 'reads'>): readonly string[] {
    return [
      this.#keys.words(stream),
      ...this.#unread.words(),
      ...this.#apart.words(),
      this.#offset.words(zoneless) ?? this.#offset.skewWords(this.#options.clockSkewMs),
      ...this.#ties.words(),
      this.#callsWithoutName === 0
        ? undefined
        : `${this.#callsWithoutName} puts do not say whether they were PutRecord or PutRecords: they are written as PutRecords, which promises less`,
    ].filter((text) => text !== undefined);
  }
}
