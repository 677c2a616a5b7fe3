import type { HistoryLine } from '../../../judging/check-history.ts';
import type { Random } from '../../../lib/random.ts';
import type {
  AckEvent,
  EventBody,
  HistoryEvent,
  PageEvent,
  PutEvent,
  ReadRecord,
  ShardInfo,
  TopologyEvent,
} from '../../../model/event.ts';
import { hashKeyOf } from '../../../model/hash-key.ts';

/** A clean history that is changed into a broken one: its lines, and methods to find and change places. */
export type Writable<T> = T extends object ? { -readonly [K in keyof T]: Writable<T[K]> } : T;
export type Page = Writable<PageEvent>;
export type Put = Writable<PutEvent>;
export type Ack = Writable<AckEvent>;
export type Shard = Writable<ShardInfo>;
export type Rec = Writable<ReadRecord>;
type Line = Writable<HistoryLine>;

/** An acknowledged entry of the workload, with its put and its answer. */
export type Slot = {
  readonly put: Put;
  readonly ack: Ack;
  readonly index: number;
  readonly key: string;
  readonly n: number;
  readonly result: { shard: string; seq: string };
};
export type Delivery = { readonly page: Page; readonly record: Rec };

export class Draft {
  lines: Line[];
  readonly random: Random;

  constructor(lines: readonly HistoryLine[], random: Random) {
    this.lines = structuredClone(lines) as Line[];
    this.random = random;
  }

  of<T extends Line['type']>(type: T): Extract<Line, { type: T }>[] {
    return this.lines.filter((line): line is Extract<Line, { type: T }> => line.type === type);
  }

  pages(reader: string, shard?: string): Page[] {
    return this.of('page').filter((page) => page.reader === reader && (shard === undefined || page.shard === shard));
  }

  deliveries(isIt: (record: Rec, page: Page) => boolean): Delivery[] {
    return this.of('page').flatMap((page) =>
      (page.records ?? []).filter((r) => isIt(r, page)).map((record) => ({ page, record })),
    );
  }

  readsOf({ put, key, n }: Slot): Delivery[] {
    return this.deliveries((r) => r.producer === put.producer && r.key === key && r.n === n);
  }

  slots(): Slot[] {
    const puts = new Map(this.of('put').map((put) => [put.op, put]));
    return this.of('ack').flatMap((ack) =>
      (ack.results ?? []).flatMap((result, index) => {
        const put = puts.get(ack.op);
        const entry = put?.entries[index];
        if (put === undefined || entry?.n === undefined || put.role === 'sentinel' || !('seq' in result)) return [];
        return [{ put, ack, index, key: entry.key, n: entry.n, result }];
      }),
    );
  }

  attempts({ put, key, n }: Pick<Slot, 'put' | 'key' | 'n'>): number {
    return this.of('put').flatMap((p) =>
      p.entries.filter((e) => p.producer === put.producer && e.key === key && e.n === n),
    ).length;
  }

  /** Records that were sent once, acknowledged, and read only at that place, in a seeded order. */
  plain(isIt: (slot: Slot) => boolean = () => true): Slot[] {
    const all = this.slots().filter((slot) => {
      const reads = this.readsOf(slot);
      return (
        this.attempts(slot) === 1 &&
        reads.length > 0 &&
        reads.every(({ page, record }) => page.shard === slot.result.shard && record.seq === slot.result.seq)
      );
    });
    return this.shuffle(all.filter(isIt));
  }

  isSerial({ put, key }: Slot): boolean {
    const own = this.of('put').filter((p) => p.producer === put.producer && p.entries.some((e) => e.key === key));
    return (
      own.every((p) => p.api === 'PutRecord') &&
      own.every((p) => this.ackOf(p.op)?.outcome !== 'info') &&
      own.every((p) => !own.some((o) => o !== p && this.at(o) > this.at(p) && this.at(o) < this.ackAt(p.op)))
    );
  }

  at(line: object): number {
    return this.lines.indexOf(line as Line);
  }

  ackOf(op: number): Ack | undefined {
    return this.of('ack').find((ack) => ack.op === op);
  }

  ackAt(op: number): number {
    const ack = this.ackOf(op);
    return ack === undefined ? this.lines.length : this.at(ack);
  }

  shuffle<T>(items: readonly T[]): T[] {
    return items
      .map((item) => ({ item, by: this.random.next() }))
      .sort((a, b) => a.by - b.by)
      .map(({ item }) => item);
  }

  last(): readonly Shard[] {
    return this.of('topology').at(-1)?.shards ?? [];
  }

  infos(shard: string): Shard[] {
    return this.of('topology').flatMap(({ shards }) => shards.filter((s) => s.shard === shard));
  }

  open(): Shard[] {
    return this.shuffle(this.last().filter(({ seq }) => seq[1] === null));
  }

  closed(): Shard[] {
    return this.shuffle(this.last().filter(({ seq }) => seq[1] !== null));
  }

  childrenOf(shard: string): Shard[] {
    return this.last().filter(({ parents }) => parents.includes(shard));
  }

  /** A number above all numbers of the history, with the same width. */
  fresh(): string {
    const all = [
      ...this.of('topology').flatMap(({ shards }) => shards.flatMap(({ seq }) => seq)),
      ...this.slots().map(({ result }) => result.seq),
      ...this.deliveries(() => true).map(({ record }) => record.seq),
      ...this.of('ack').flatMap(({ results }) => (results ?? []).flatMap((r) => ('seq' in r ? r.seq : []))),
    ].filter((seq) => seq !== null);
    const top = all.reduce((a, b) => (BigInt(b) > BigInt(a) ? b : a), '0');
    return String(BigInt(top) + 1n).padStart(top.length, '0');
  }

  keyHash(key: string, { range: [low, high] }: Shard): boolean {
    const hash = hashKeyOf(key);
    return BigInt(low) <= hash && hash <= BigInt(high);
  }

  keyIn({ range: [low, high] }: Shard): string {
    for (let index = 0; ; index += 1) {
      const hash = hashKeyOf(`m${index}`);
      if (BigInt(low) <= hash && hash <= BigInt(high)) return `m${index}`;
    }
  }

  /** Inserts an event before a line, or before the end. */
  insert(event: EventBody, before: object = this.of('end')[0] ?? {}): void {
    const at = this.at(before);
    const line = this.lines[at];
    const t = line !== undefined && 't' in line ? line.t : 0;
    this.lines.splice(at, 0, { t, ...event } as Writable<HistoryEvent>);
  }

  /** The first page of the final reader: the live readers are done, or nearly. */
  settled(): object {
    return this.pages('final')[0] ?? this.of('end')[0] ?? {};
  }

  op(): number {
    return Math.max(0, ...this.of('put').map(({ op }) => op)) + 1;
  }

  /** A call of a new producer after the load. `outcome`: where it was stored, or how it failed. */
  send(
    record: { key: string; n: number; producer?: string; hash?: string; after?: string },
    outcome: { shard: string; seq: string } | 'fail' | 'info',
    before = this.settled(),
  ): void {
    const { producer = 'px', key, n, ...more } = record;
    const op = this.op();
    this.insert(
      {
        type: 'put',
        op,
        producer,
        api: 'PutRecord',
        entries: [{ key, n, digest: digestOf(key, n), bytes: 20, ...more }],
      },
      before,
    );
    if (typeof outcome === 'object') this.insert({ type: 'ack', op, outcome: 'ok', results: [outcome] }, before);
    else
      this.insert(
        { type: 'ack', op, outcome, error: outcome === 'info' ? 'TimeoutError' : 'ValidationException' },
        before,
      );
  }

  /** Adds a record after all that the final reader, its copy and the subject received of the shard. */
  deliver(shard: string, record: Rec): void {
    for (const reader of ['final', 'copy', 'subject']) {
      const page = this.pages(reader, shard).at(-1);
      if (page !== undefined) page.records = [...(page.records ?? []), { ...record }];
    }
  }

  /** Sends, stores and delivers a record. Returns its number. */
  store(
    info: Shard,
    record: { key: string; n: number; producer?: string; hash?: string; after?: string },
    seq = this.fresh(),
  ): string {
    this.send(record, { shard: info.shard, seq });
    this.deliver(info.shard, recordOf(seq, record));
    return seq;
  }

  drop(isIt: (record: Rec, page: Page) => boolean): void {
    for (const page of this.of('page')) page.records = (page.records ?? []).filter((record) => !isIt(record, page));
  }

  remove(isIt: (line: Line) => boolean): void {
    this.lines = this.lines.filter((line) => !isIt(line));
  }

  /** Lets time pass before a line: all later lines are moved. */
  wait(line: object, microseconds: number): void {
    for (const later of this.lines.slice(this.at(line))) {
      if (!('t' in later)) continue;
      later.t += microseconds;
      if (later.type !== 'page') continue;
      if (later.t0 !== undefined) later.t0 += microseconds;
      if (later.from?.t0 !== undefined) later.from.t0 += microseconds;
      if (later.from?.t !== undefined) later.from.t += microseconds;
    }
  }

  /** True if all of these records had been sent when the page was answered. */
  readable(records: readonly Rec[], page: Page): boolean {
    return records.every((r) =>
      this.of('put').some(
        (put) =>
          this.at(put) < this.at(page) &&
          put.producer === r.producer &&
          put.entries.some((e) => e.key === r.key && e.n === r.n),
      ),
    );
  }

  isAcked({ seq }: Rec): boolean {
    return this.of('ack').some(({ results }) =>
      (results ?? []).some((result) => 'seq' in result && result.seq === seq),
    );
  }

  /** True if an iterator begins at or after the number. Its record was then delivered. */
  isResumedAt(seq: string): boolean {
    return this.of('page').some(({ from }) => from?.seq === seq);
  }

  topologies(): Writable<TopologyEvent>[] {
    return this.of('topology');
  }

  /** Adds a page of a new reader that begins at a place. */
  look(
    reader: string,
    shard: string,
    records: readonly Rec[],
    from: PageEvent['from'],
    more: Partial<PageEvent> = {},
  ): void {
    const last = this.of('end')[0];
    const t = last?.t ?? 0;
    this.insert({
      type: 'page',
      reader,
      chain: 5000 + this.of('page').length,
      shard,
      t0: t,
      ...(from === undefined ? {} : { from: { t0: t, t, ...from } }),
      records,
      more: true,
      ...more,
    });
  }

  /** Compared as numbers. */
  isStoredBefore(a: Rec, b: Rec): boolean {
    return BigInt(a.seq) < BigInt(b.seq);
  }

  /** Adds an aggregate, acknowledged and read, after all records of its shard. */
  aggregate(info: Shard, keys: readonly string[], hash?: string): void {
    const [op, seq, before] = [this.op(), this.fresh(), this.settled()];
    const users = keys.map((key) => ({ key, n: 0, digest: digestOf(key, 0), bytes: 20 }));
    const sent = users.map((user, sub) => ({
      ...user,
      part: 0,
      ...(hash === undefined || sub === 0 ? {} : { hash }),
    }));
    const parts = [{ key: this.keyIn(info) }];
    this.insert({ type: 'put', op, producer: 'px', api: 'PutRecord', parts, entries: sent }, before);
    const results = users.map((_, sub) => ({ shard: info.shard, seq, sub }));
    this.insert({ type: 'ack', op, outcome: 'ok', results }, before);
    users.forEach((user, sub) => this.deliver(info.shard, { seq, sub, producer: 'px', ...user }));
  }

  /** The records of a shard, as the final reader received them. */
  log(shard: string): Rec[] {
    return this.pages('final', shard)
      .flatMap(({ records }) => records ?? [])
      .map((record) => ({ ...record }));
  }
}

export const digestOf = (key: string, n: number): string =>
  Buffer.from(`${key} ${n} of px`).toString('hex').padEnd(16, '0').slice(0, 16);
export const recordOf = (
  seq: string,
  { producer = 'px', key, n }: { key: string; n: number; producer?: string },
): Rec => ({ seq, key, producer, n, digest: digestOf(key, n), bytes: 20 });

/**
 * The base of all mutations. Adds the final reading twice: by a reader that came late, and by a consumer under test.
 */
export const withSubject = (lines: readonly HistoryLine[]): readonly HistoryLine[] => {
  const [end] = lines.filter(({ type }) => type === 'end');
  if (end === undefined || end.type !== 'end') return lines;
  const pages = lines.filter((line): line is PageEvent => line.type === 'page' && line.reader === 'final');
  const copiesOf = (reader: string): readonly PageEvent[] =>
    pages.map((page) => ({
      ...structuredClone(page),
      reader,
      chain: page.chain + 1000,
      t: end.t,
      t0: end.t,
      ...(page.from === undefined ? {} : { from: { ...page.from, t0: end.t, t: end.t } }),
    }));
  return [
    ...lines.filter((line) => line !== end),
    { type: 'reader', t: end.t, reader: 'copy', role: 'live' },
    ...copiesOf('copy'),
    { type: 'reader', t: end.t, reader: 'subject', role: 'subject' },
    ...copiesOf('subject'),
    end,
  ];
};
