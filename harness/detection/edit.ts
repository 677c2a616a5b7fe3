import type { AckEvent, HistoryLine, PageEvent, PutEvent, ReadRecord } from '../model/event.ts';
import type { Chronicle } from './chronicle.ts';
import type { Item } from './item.ts';
import { compareSeq, type Place, placeName } from './place.ts';

/** A mistake in a history: the few changed lines, and the records that they are about. */
export class Edit {
  readonly chronicle: Chronicle;
  /** By line. null: the line is removed. */
  readonly changed = new Map<number, HistoryLine | null>();
  readonly touched = new Set<Item>();
  /** Names of the places where a record was added, removed or replaced. */
  readonly places = new Set<string>();
  readonly shards = new Set<string>();
  readonly seqs = new Set<string>();

  constructor(chronicle: Chronicle) {
    this.chronicle = chronicle;
  }

  now<T extends HistoryLine['type']>(line: number, type: T): Extract<HistoryLine, { type: T }> {
    const changed = this.changed.get(line);
    return changed?.type === type ? (changed as Extract<HistoryLine, { type: T }>) : this.chronicle.line(line, type);
  }

  /** The full history with the mistake in it. */
  lines(): readonly HistoryLine[] {
    return this.chronicle.lines.flatMap((line, index) => {
      const changed = this.changed.get(index);
      return changed === undefined ? [line] : changed === null ? [] : [changed];
    });
  }

  touch(item: Item, ...places: readonly Place[]): void {
    this.touched.add(item);
    for (const place of places) {
      this.places.add(placeName(place.shard, place));
      this.shards.add(place.shard);
      this.seqs.add(place.seq);
    }
  }

  records(line: number, change: (records: readonly ReadRecord[]) => readonly ReadRecord[]): void {
    const page = this.now(line, 'page');
    this.changed.set(line, { ...page, records: change(page.records ?? []) });
  }

  /** Removes a record from all its pages, with the lines of consumers under test about it. */
  take(item: Item, isMeant: (page: PageEvent, line: number) => boolean = () => true): void {
    for (const { line, place } of item.reads) {
      const page = this.now(line, 'page');
      if (!isMeant(page, line)) continue;
      const name = placeName(place.shard, place);
      this.records(line, (records) => records.filter((record) => placeName(place.shard, record) !== name));
      this.#unsay(place, page.reader);
    }
  }

  #unsay({ shard, seq }: Place, reader: string): void {
    for (const line of this.chronicle.said.get(placeName(shard, { seq })) ?? []) {
      const said = this.chronicle.line(line, 'subject');
      const isOfRecord = said.event === 'done' || said.event === 'failed' || said.event === 'discard';
      if (isOfRecord && said.reader === reader) this.changed.set(line, null);
    }
  }

  /** Moves a record: the answers name another place, and later uses of the old sequence number name the new one. */
  move(moves: readonly { readonly item: Item; readonly from: Place; readonly to: Place }[]): void {
    const byName = new Map(moves.map(({ from, to }) => [placeName(from.shard, from), to]));
    const bySeq = new Map(moves.map(({ from, to }) => [from.seq, to.seq]));
    const kin = new Set(moves.flatMap(({ item }) => this.chronicle.kinOf(item)));
    const acks = new Set(moves.flatMap(({ item }) => item.sendings.flatMap(({ ack }) => ack ?? [])));
    for (const line of acks) this.changed.set(line, movedAck(this.now(line, 'ack'), byName));
    const puts = new Set([...kin].flatMap(({ sendings }) => sendings.map(({ line }) => line)));
    for (const line of puts) {
      const put = this.now(line, 'put');
      if (put.entries.some(({ after }) => after !== undefined && bySeq.has(after)))
        this.changed.set(line, movedAfter(put, bySeq));
    }
  }

  /**
   * Each reader that passes a place from `since` on receives the record there. A reader that passed it before does
   * not, because its iterator does not go back.
   */
  give({ shard, seq }: Place, record: Omit<ReadRecord, 'seq'>, since: number): void {
    const { chronicle } = this;
    const chains = chronicle.chains.get(shard) ?? [];
    for (const [index, chain] of chains.entries()) {
      let isAhead = false;
      let line: number | undefined;
      for (const page of chain.pages) {
        const { from, records = [] } = this.now(page, 'page');
        if (from !== undefined)
          isAhead = from.type === 'TRIM_HORIZON' || (from.seq !== undefined && compareSeq(from.seq, seq) < 0);
        isAhead ||= records.some((one) => compareSeq(one.seq, seq) < 0);
        if (!records.some((one) => compareSeq(one.seq, seq) > 0)) continue;
        line = page;
        break;
      }
      const isLast = !chains.slice(index + 1).some(({ reader }) => reader === chain.reader);
      const at = line ?? (isLast ? chain.pages.at(-1) : undefined);
      if (isAhead && at !== undefined && at > since)
        this.records(at, (records) => inserted(records, { seq, ...record }));
    }
  }
}

const inserted = (records: readonly ReadRecord[], record: ReadRecord): readonly ReadRecord[] => {
  const at = records.findIndex(({ seq }) => compareSeq(seq, record.seq) > 0);
  return at < 0 ? [...records, record] : records.toSpliced(at, 0, record);
};

const movedAck = (ack: AckEvent, byName: ReadonlyMap<string, Place>): AckEvent => ({
  ...ack,
  results: (ack.results ?? []).map((result) =>
    'seq' in result ? { ...result, ...byName.get(placeName(result.shard, result)) } : result,
  ),
});

const movedAfter = (put: PutEvent, bySeq: ReadonlyMap<string, string>): PutEvent => ({
  ...put,
  entries: put.entries.map((entry) =>
    entry.after === undefined ? entry : { ...entry, after: bySeq.get(entry.after) ?? entry.after },
  ),
});
