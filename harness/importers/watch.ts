import { several } from '../lib/several.ts';
import { Apart } from './apart.ts';
import { ClockOffset } from './clock-offset.ts';
import { DenseHint } from './dense-hint.ts';
import type { Fact } from './fact.ts';
import { FileTimes } from './file-times.ts';
import { KeyShards } from './key-shards.ts';
import { Missed } from './missed.ts';
import type { ShardList } from './shard-list.ts';
import { SortedFiles } from './sorted-files.ts';
import { Ties } from './ties.ts';
import { UnreadShards } from './unread-shards.ts';

export type WatchOptions = {
  /** Applications that have files of their own. */
  readonly readers: readonly string[];
  /** True if a list of shards was given, so that it need not be derived from logs. */
  readonly isShardListed: boolean;
  /** True if the files name no shards, so that nothing is known of their parents. */
  readonly isShardless: boolean;
  /** True if the counter looks like a time. */
  readonly isTied: boolean;
  /** True if the counter is known to leave no number out. */
  readonly isDense: boolean;
  /** Names of the files, if their lines are merged by time. */
  readonly mergedByTime: readonly string[];
  /** Names of the files, if they were sorted by their numbers. */
  readonly sortedByNumber: readonly string[];
  /** The value of --clock-skew. */
  readonly clockSkewMs: number | undefined;
};

/** Checks that need all facts of an import, and are reported at its end. */
export class Watch {
  readonly missed: Missed;
  readonly fileTimes: FileTimes;
  readonly sortedFiles: SortedFiles;
  readonly #options: WatchOptions;
  readonly #offset = new ClockOffset();
  readonly #ties = new Ties();
  readonly #unread = new UnreadShards();
  readonly #keys = new KeyShards();
  readonly #apart = new Apart();
  readonly #dense = new DenseHint();
  #callsWithoutName = 0;

  constructor(options: WatchOptions) {
    this.#options = options;
    this.missed = new Missed(options.readers);
    this.fileTimes = new FileTimes(options.mergedByTime);
    this.sortedFiles = new SortedFiles(options.sortedByNumber);
  }

  list(list: ShardList): void {
    this.#unread.list(list);
  }

  /** The fact to write; undefined if none is written. */
  seen(fact: Fact): Fact | undefined {
    const { isShardListed, isShardless, isTied } = this.#options;
    // The given list is more complete than one from a log.
    if (isShardListed && fact.kind === 'event' && fact.event.type === 'topology' && fact.event.status === 'PARTIAL')
      return undefined;
    const known = isTied && (fact.kind === 'read' || fact.kind === 'put') ? this.#ties.take(fact) : fact;
    this.#unread.take(known);
    if (!isShardListed && !isShardless) this.#keys.take(known);
    this.#offset.take(known);
    this.#apart.take(known);
    if (!this.#options.isDense) this.#dense.take(known);
    this.missed.take(known);
    this.fileTimes.take(known);
    this.sortedFiles.take(known);
    if (known.kind === 'put' && known.api === undefined) this.#callsWithoutName += 1;
    return known;
  }

  words(stream: string | undefined, zoneless: ReadonlySet<'puts' | 'reads'>): readonly string[] {
    return [
      this.#keys.words(stream),
      ...this.#unread.words(),
      ...this.#apart.words(),
      ...this.#dense.words(),
      this.#offset.words(zoneless) ?? this.#offset.skewWords(this.#options.clockSkewMs),
      ...this.#ties.words(),
      this.#callsWithoutName === 0
        ? undefined
        : `${callsWords(this.#callsWithoutName)} taken as PutRecords, which guarantees less`,
    ].filter((text) => text !== undefined);
  }
}

const callsWords = (puts: number): string =>
  `${several(puts, 'put')} ${puts === 1 ? 'does not name its call (PutRecord or PutRecords): it is' : 'do not name their call (PutRecord or PutRecords): they are'}`;
