import { pushTo } from '../lib/push-to.ts';
import type {
  AckEvent,
  Head,
  HistoryLine,
  PageEvent,
  PutEntryEvent,
  PutEvent,
  ReaderEvent,
  ReadRecord,
} from '../model/event.ts';
import { orderedBy } from '../model/ordered-by.ts';
import { type Chain, flowsOf, type Item, type Sending } from './item.ts';
import { Kin } from './kin.ts';
import { OpenShards } from './open-shards.ts';
import { compareSeq, placeName } from './place.ts';

/** A complete history in memory, and how its lines depend on each other. Here lines count from 0. */
export class Chronicle {
  readonly lines: readonly HistoryLine[];
  readonly head: Head;
  readonly items: readonly Item[];
  readonly byPlace = new Map<string, Item>();
  readonly chains = new Map<string, Chain[]>();
  readonly readers = new Map<string, ReaderEvent>();
  /** By place: the lines of consumers under test that name it. */
  readonly said = new Map<string, number[]>();
  /** Names of the places at or after which a reader began. */
  readonly resumed = new Set<string>();
  readonly chainAt = new Map<number, { readonly chain: Chain; readonly index: number }>();
  /** Lines that every part of the history needs: all but puts, answers, pages, faults and notes. */
  readonly frame: readonly number[];
  opMax = 0;
  #open: OpenShards | undefined;
  #flows: ReadonlyMap<string, readonly Item[]> | undefined;
  readonly #byName = new Map<string, Item>();
  readonly #kin: Kin;
  readonly #kinItems = new Map<string, Item[]>();
  readonly #numbers = new Map<string, string[]>();
  readonly #sorted = new Map<string, readonly string[]>();
  readonly #lowest = new Map<string, readonly { readonly seq: string; readonly item: Item }[]>();

  constructor(lines: readonly HistoryLine[]) {
    this.lines = lines;
    const [head] = lines;
    if (head?.type !== 'head') throw new Error('a history begins with its head');
    this.head = head;
    this.#kin = new Kin(head);
    this.#takePuts();
    this.#takePages();
    this.items = [...this.#byName.values()];
    for (const item of this.items) pushTo(this.#kinItems, this.#kin.of(item.kin), item);
    this.frame = lines.flatMap((line, index) => (isFrame(line) ? [index] : []));
  }

  /** The records of each flow, by their number; only those of the workload. */
  get flows(): readonly (readonly Item[])[] {
    return [...this.#byFlow().values()];
  }

  flowOf({ flow }: Item): readonly Item[] {
    return this.#byFlow().get(flow) ?? [];
  }

  #byFlow(): ReadonlyMap<string, readonly Item[]> {
    this.#flows ??= flowsOf(this.items.filter(({ isOwn, n }) => isOwn && n !== undefined));
    return this.#flows;
  }

  get open(): OpenShards {
    this.#open ??= new OpenShards(this.lines);
    return this.#open;
  }

  /** The records at the two lowest numbers that were acknowledged in a shard: there the run begins in it. */
  lowestOf(shard: string): readonly Item[] {
    return (this.#lowest.get(shard) ?? []).map(({ item }) => item);
  }

  line<T extends HistoryLine['type']>(index: number, type: T): Extract<HistoryLine, { type: T }> {
    const line = this.lines[index];
    if (line?.type !== type) throw new Error(`line ${index + 1} is no ${type}`);
    return line as Extract<HistoryLine, { type: T }>;
  }

  kinOf(item: Item): readonly Item[] {
    return this.#kinItems.get(this.#kin.of(item.kin)) ?? [];
  }

  itemOf(shard: string, record: ReadRecord): Item | undefined {
    const name = this.#nameOf(record.producer, orderedBy(record), record.n);
    return (name === undefined ? undefined : this.#byName.get(name)) ?? this.byPlace.get(placeName(shard, record));
  }

  /** All sequence numbers of a shard that occur anywhere, ascending. */
  numbersOf(shard: string): readonly string[] {
    const known = this.#sorted.get(shard);
    if (known !== undefined) return known;
    const sorted = (this.#numbers.get(shard) ?? []).toSorted(compareSeq);
    this.#sorted.set(shard, sorted);
    return sorted;
  }

  #nameOf(producer: string | undefined, flow: string | undefined, n: number | undefined): string | undefined {
    if (flow === undefined || n === undefined) return undefined;
    return `${this.#kin.isOverProducers ? '' : (producer ?? '')}\n${flow}\n${n}`;
  }

  #takePuts(): void {
    const acks = new Map<number, number>();
    for (const [index, line] of this.lines.entries()) if (line.type === 'ack') acks.set(line.op, index);
    for (const [index, line] of this.lines.entries()) {
      if (line.type === 'put') {
        const ack = acks.get(line.op);
        this.opMax = Math.max(this.opMax, line.op);
        for (const [at, entry] of line.entries.entries()) this.#takeEntry(line, entry, { line: index, index: at, ack });
      } else if (line.type === 'reader') this.readers.set(line.reader, line);
      else if (line.type === 'subject' && line.shard !== undefined && line.seq !== undefined)
        pushTo(this.said, placeName(line.shard, { seq: line.seq }), index);
    }
  }

  #takeEntry(put: PutEvent, entry: PutEntryEvent, sending: Sending): void {
    const producer = entry.producer ?? put.producer;
    const flow = entry.flow ?? entry.key;
    const name = this.#nameOf(producer, flow, entry.n) ?? `put ${sending.line} ${sending.index}`;
    const known = this.#byName.get(name) ?? {
      flow: `${producer ?? ''}\n${flow}`,
      n: entry.n,
      key: entry.key,
      kin: this.#kin.join(producer, entry.key, flow),
      isOwn: put.role !== 'sentinel',
      isInAggregate: entry.part !== undefined,
      sendings: [],
      stored: [],
      reads: [],
    };
    this.#byName.set(name, known);
    this.#kin.join(producer, entry.key, flow);
    known.sendings.push(sending);
    const result = sending.ack === undefined ? undefined : this.#resultsOf(sending.ack)?.[sending.index];
    if (result === undefined || !('seq' in result)) return;
    known.stored.push(result);
    this.byPlace.set(placeName(result.shard, result), known);
    pushTo(this.#numbers, result.shard, result.seq);
    const lowest = [...(this.#lowest.get(result.shard) ?? []), { seq: result.seq, item: known }];
    this.#lowest.set(result.shard, lowest.sort((a, b) => compareSeq(a.seq, b.seq)).slice(0, 2));
  }

  #resultsOf(ack: number): AckEvent['results'] {
    return this.line(ack, 'ack').results;
  }

  #takePages(): void {
    const chains = new Map<string, Chain>();
    for (const [index, line] of this.lines.entries()) {
      if (line.type !== 'page') continue;
      const { reader, chain, shard, from } = line;
      const name = `${reader}\n${chain}\n${shard}`;
      let known = chains.get(name);
      if (known === undefined || from !== undefined) {
        known = { reader, shard, pages: [] };
        chains.set(name, known);
        pushTo(this.chains, shard, known);
      }
      this.chainAt.set(index, { chain: known, index: known.pages.length });
      known.pages.push(index);
      if (from?.seq !== undefined) this.resumed.add(placeName(shard, { seq: from.seq }));
      this.#takeRecords(line, index);
    }
  }

  #takeRecords({ shard, records = [] }: PageEvent, line: number): void {
    for (const [index, record] of records.entries()) {
      const { producer, key = '', seq, sub, n } = record;
      const flow = orderedBy(record) ?? '';
      const name = this.#nameOf(producer, flow, n) ?? `read ${placeName(shard, record)}`;
      const item = this.itemOf(shard, record) ?? {
        flow: `${producer ?? ''}\n${flow}`,
        n,
        key,
        kin: this.#kin.join(producer, key, flow),
        isOwn: false,
        isInAggregate: sub !== undefined,
        sendings: [],
        stored: [],
        reads: [],
      };
      if (item.sendings.length + item.reads.length === 0) this.#byName.set(name, item);
      item.reads.push({ line, index, place: { shard, seq, ...(sub === undefined ? {} : { sub }) } });
      pushTo(this.#numbers, shard, seq);
    }
  }
}

const isFrame = ({ type }: HistoryLine): boolean => !['put', 'ack', 'page', 'fault', 'note'].includes(type);
