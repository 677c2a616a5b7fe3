import type { HistoryLine } from '../model/event.ts';
import { type HashRange, isInRange, parseHashRange } from '../model/hash-key.ts';
import { isOpenShard } from '../model/open-shards.ts';
import { compareSeq, type Place } from './place.ts';

type Open = { readonly start: string; readonly range: HashRange };
type Listing = { readonly line: number; readonly open: ReadonlyMap<string, Open> };
/** The lines between which a reshard may close shards. `to`: infinite while its outcome is unknown. */
type Reshard = { readonly id: number; readonly from: number; to: number };
type Stored = { readonly line: number; readonly seq: string };

/** The shards that were open at a line, and the highest number that was acknowledged in each by then. */
export class OpenShards {
  readonly #listings: readonly Listing[];
  readonly #reshards: readonly Reshard[];
  readonly #rising = new Map<string, Stored[]>();

  constructor(lines: readonly HistoryLine[]) {
    this.#listings = lines.flatMap((line, index) =>
      line.type === 'topology' ? [{ line: index, open: openIn(line) }] : [],
    );
    this.#reshards = reshardsOf(lines);
    for (const [index, line] of lines.entries()) if (line.type === 'ack') this.#note(line, index);
  }

  get isKnown(): boolean {
    return this.#listings.length > 0;
  }

  /**
   * Returns the shards that were open when a call was sent and when it was answered, and that a hash key does not lead
   * to. Empty if no listing precedes the call.
   */
  wrongFor(hash: bigint, sent: number, answered = sent): readonly string[] {
    const before = this.#listings.findLast(({ line }) => line < sent);
    const after = this.#listings.find(({ line }) => line > answered);
    if (before === undefined) return [];
    // A reshard closes some of them; which ones and when is unknown until the next listing.
    const isClosing = this.#reshards.some(({ from, to }) => from < answered && to > before.line);
    const next = this.#reshards.find(({ from }) => from > answered);
    // What the next listing shows closed was open until then only if a reshard began after the answer.
    const areAllOpen = !isClosing && (after === undefined || (next !== undefined && next.from < after.line));
    return [...before.open].flatMap(([shard, { range }]) =>
      !isInRange(hash, range) && (areAllOpen || after?.open.has(shard) === true) ? [shard] : [],
    );
  }

  /** Returns the highest number that was acknowledged before a line; if there is none, the shard's starting number. */
  endOf(shard: string, line: number): Place {
    const stored = this.#rising.get(shard)?.findLast((one) => one.line < line)?.seq;
    return { shard, seq: stored ?? this.#listings.find(({ open }) => open.has(shard))?.open.get(shard)?.start ?? '0' };
  }

  #note({ results = [] }: Extract<HistoryLine, { type: 'ack' }>, line: number): void {
    for (const result of results) {
      if (!('seq' in result)) continue;
      const list = this.#rising.get(result.shard) ?? [];
      this.#rising.set(result.shard, list);
      const top = list.at(-1)?.seq;
      if (top === undefined || compareSeq(result.seq, top) > 0) list.push({ line, seq: result.seq });
    }
  }
}

const openIn = ({ shards }: Extract<HistoryLine, { type: 'topology' }>): ReadonlyMap<string, Open> =>
  new Map(
    shards
      .filter(isOpenShard)
      .map(({ shard, seq: [start], range }) => [shard, { start, range: parseHashRange(range) }] as const),
  );

const reshardsOf = (lines: readonly HistoryLine[]): readonly Reshard[] => {
  const reshards: Reshard[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.type !== 'reshard') continue;
    if (line.phase === 'invoke') reshards.push({ id: line.id, from: index, to: Number.POSITIVE_INFINITY });
    else if (line.phase !== 'info') {
      const begun = reshards.findLast(({ id }) => id === line.id);
      if (begun !== undefined) begun.to = index;
    }
  }
  return reshards;
};
