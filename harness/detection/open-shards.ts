import type { Line } from './line.ts';
import { compareSeq, type Place } from './place.ts';

type Listing = { readonly line: number; readonly open: ReadonlyMap<string, string> };
type Stored = { readonly line: number; readonly seq: string };

/** Which shards were open at a line, and how far each was filled by then. */
export class OpenShards {
  readonly #listings: readonly Listing[];
  readonly #rising = new Map<string, Stored[]>();

  constructor(lines: readonly Line[]) {
    this.#listings = lines.flatMap((line, index) =>
      line.type === 'topology' ? [{ line: index, open: openIn(line) }] : [],
    );
    for (const [index, line] of lines.entries()) if (line.type === 'ack') this.#note(line, index);
  }

  get isKnown(): boolean {
    return this.#listings.length > 0;
  }

  /** Open in the listings before and after the line: one that closes in between may be closed already. */
  at(line: number): readonly string[] {
    const before = this.#listings.findLast((listing) => listing.line < line)?.open ?? new Map<string, string>();
    const after = this.#listings.find((listing) => listing.line > line)?.open ?? before;
    return [...before.keys()].filter((shard) => after.has(shard));
  }

  /** The highest number that was acknowledged by a line; where there was none, the one that the shard starts at. */
  endOf(shard: string, line: number): Place {
    const stored = this.#rising.get(shard)?.findLast((one) => one.line < line)?.seq;
    return { shard, seq: stored ?? this.#listings.find(({ open }) => open.has(shard))?.open.get(shard) ?? '0' };
  }

  #note({ results = [] }: Extract<Line, { type: 'ack' }>, line: number): void {
    for (const result of results) {
      if (!('seq' in result)) continue;
      const list = this.#rising.get(result.shard) ?? [];
      this.#rising.set(result.shard, list);
      const top = list.at(-1)?.seq;
      if (top === undefined || compareSeq(result.seq, top) > 0) list.push({ line, seq: result.seq });
    }
  }
}

const openIn = ({ shards }: Extract<Line, { type: 'topology' }>): ReadonlyMap<string, string> =>
  new Map(shards.flatMap(({ shard, seq: [start, end] }) => (end === null ? [[shard, start] as const] : [])));
