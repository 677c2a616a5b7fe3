import type { HistoryLine, PutEvent } from '../../model/event.ts';

/**
 * Which lines of a history are shown: those of a key, of a shard, and in a range. A line must match all that are
 * given.
 */
export type Selection = {
  readonly key: string | undefined;
  readonly shard: string | undefined;
  readonly lines: readonly [from: number, to: number] | undefined;
};

export type SelectedLine = { readonly line: number; readonly event: HistoryLine };

type Flowed = { readonly key?: string; readonly idKey?: string; readonly flow?: string };

/** Takes a history line by line and keeps the selected lines. */
export class Selected {
  readonly lines: SelectedLine[] = [];
  /** The number of selected lines that are not kept, because there are too many. */
  left = 0;
  /** The user's own files, if the history was imported. */
  files: readonly string[] | undefined;
  readonly #selection: Selection;
  readonly #max: number;
  readonly #puts = new Map<number, PutEvent>();

  constructor(selection: Selection, max: number) {
    this.#selection = selection;
    this.#max = max;
  }

  take(event: HistoryLine, line: number): void {
    if (event.type === 'put' && this.#isOfKey(event.entries)) this.#puts.set(event.op, event);
    if (event.type === 'head') this.files = event.import?.files;
    if (event.type === 'head' || !this.#isSelected(event, line)) return;
    if (this.lines.length < this.#max) this.lines.push({ line, event });
    else this.left += 1;
  }

  /** The put of a call, if it has a record of the key. */
  putOf(op: number): PutEvent | undefined {
    return this.#puts.get(op);
  }

  #isSelected(event: HistoryLine, line: number): boolean {
    const { key, shard, lines } = this.#selection;
    if (lines !== undefined && (line < lines[0] || line > lines[1])) return false;
    return (key === undefined || this.#isAboutKey(event)) && (shard === undefined || this.#isAboutShard(event, shard));
  }

  /** True for lines with records of the key, for answers and faults of their calls, and for reshards. */
  #isAboutKey(event: HistoryLine): boolean {
    if (event.type === 'put') return this.#puts.has(event.op);
    if (event.type === 'ack') return this.#puts.has(event.op);
    if (event.type === 'page') return this.#isOfKey(event.records ?? []);
    return event.type === 'reshard' || (event.type === 'fault' && event.op !== undefined && this.#puts.has(event.op));
  }

  #isAboutShard(event: HistoryLine, shard: string): boolean {
    if (event.type === 'ack')
      return event.results?.some((result) => 'shard' in result && result.shard === shard) === true;
    if (event.type === 'put') return false;
    if (event.type === 'page' || event.type === 'subject') return event.shard === shard;
    if (event.type === 'topology')
      return event.shards.some((info) => info.shard === shard || info.parents.includes(shard));
    return event.type === 'reshard' && event.shards?.includes(shard) !== false;
  }

  #isOfKey(items: readonly Flowed[]): boolean {
    const { key } = this.#selection;
    return key === undefined || items.some((item) => item.key === key || item.idKey === key || item.flow === key);
  }
}
