import { type Random, seededRandom } from '../../lib/random.ts';
import type { EventBody, Head, HistoryEvent, PageEvent, ReadRecord } from '../../model/event.ts';

type Line = Head | HistoryEvent;

/** The one mistake of the consumer; `none`: no mistake. */
export const consumerMistakes = [
  'none',
  'lose',
  'again',
  'swap',
  'child first',
  'other bytes',
  'other record',
  'skip a shard',
  'checkpoint ahead',
  'checkpoint back',
  'not done',
  'done twice',
  'done late',
  'another worker',
  'discard',
  'not complete',
] as const;
export type ConsumerMistake = (typeof consumerMistakes)[number];

/**
 * Adds a consumer under test that receives what the final reader reads, shard by shard, parents first, before or after
 * the final reader: with or without reports of done records and checkpoints, with or without digests. The same seed
 * gives the same history.
 */
export const withConsumer = (lines: readonly Line[], seed: string, mistake: ConsumerMistake): readonly Line[] => {
  const random = seededRandom(`consumer ${seed}`);
  const at = random.int(0, 1) === 0 ? lines.findIndex(isFinalPage) : lines.findLastIndex(isFinalPage) + 1;
  if (at <= 0) return lines;
  const [reader, ...own] = new Consumer(random, mistake, lines).events();
  if (reader === undefined) return lines;
  return [
    ...lines.slice(0, 1),
    { ...reader, t: 0 },
    ...lines.slice(1, at),
    ...own.map((event): HistoryEvent => ({ ...event, t: timeOf(lines[at - 1]) })),
    ...lines.slice(at),
  ];
};

const timeOf = (line: Line | undefined): number => (line === undefined || line.type === 'head' ? 0 : line.t);

const isFinalPage = (line: Line): boolean => line.type === 'page' && line.reader === 'final';

class Consumer {
  readonly #random: Random;
  readonly #mistake: ConsumerMistake;
  readonly #shards: readonly (readonly [string, ReadRecord[]])[];
  readonly #events: EventBody[] = [];
  readonly #hasDone: boolean;
  readonly #hasDigest: boolean;
  /** True if its pages name producer and number of all records; otherwise they do so only of sentinels. */
  readonly #isNamed: boolean;
  readonly #worker: string | undefined;

  constructor(random: Random, mistake: ConsumerMistake, lines: readonly Line[]) {
    this.#random = random;
    this.#mistake = mistake;
    this.#shards = inOrder(lines);
    this.#hasDone = mistake.includes('done') || random.int(0, 2) === 0;
    this.#hasDigest = mistake === 'other bytes' || random.int(0, 3) > 0;
    this.#isNamed = mistake === 'other record' || random.int(0, 1) === 0;
    this.#worker = mistake === 'another worker' || random.int(0, 1) === 0 ? 'w1' : undefined;
  }

  events(): readonly EventBody[] {
    const owes = this.#random.int(0, 3) === 0 ? {} : { owes: { from: 'TRIM_HORIZON' as const } };
    this.#events.push({ type: 'reader', reader: 'app/1', role: 'subject', group: 'app', ...owes });
    const shards = this.#mistake === 'child first' ? this.#shards.toReversed() : this.#shards;
    const skipped = this.#mistake === 'skip a shard' ? this.#random.int(0, shards.length - 1) : -1;
    for (const [index, [shard, records]] of shards.entries()) if (index !== skipped) this.#read(shard, records, index);
    if (this.#mistake !== 'not complete') this.#say({ event: 'complete' });
    return this.#events;
  }

  #say(what: Partial<EventBody>): void {
    const worker = this.#worker === undefined ? {} : { worker: this.#worker };
    this.#events.push({ type: 'subject', reader: 'app/1', ...worker, ...what } as EventBody);
  }

  /** Reads a shard. The mistake is made in the first shard that is long enough. */
  #read(shard: string, stored: readonly ReadRecord[], index: number): void {
    this.#say({ event: 'start', shard, at: 'TRIM_HORIZON' });
    const records = this.#given(stored);
    const size = this.#random.int(1, 6);
    const wrong = this.#random.int(0, Math.max(0, records.length - 1));
    for (let at = 0; at < records.length; at += size) {
      const some = records.slice(at, at + size);
      const isWrong = wrong >= at && wrong < at + size;
      if (isWrong) this.#misreport(shard, records.at(-1) ?? some[0], 'checkpoint ahead');
      this.#deliver(
        shard,
        100 + index,
        at === 0,
        isWrong && this.#mistake === 'another worker' ? 'w2' : this.#worker,
        some,
      );
      const isLate = isWrong && this.#mistake === 'done late';
      if (isLate) this.#checkpoint(shard, some.at(-1));
      this.#finish(shard, isWrong && this.#mistake === 'not done' ? some.slice(1) : some);
      if (isWrong && this.#mistake === 'done twice') this.#finish(shard, some.slice(-1));
      if (this.#random.int(0, 2) === 0) this.#checkpoint(shard, some.at(-1));
      if (isWrong) this.#misreport(shard, records[0], 'checkpoint back');
      if (isWrong && this.#mistake === 'discard') this.#say({ event: 'discard', shard, ...seqOf(some[0]) });
    }
    if (this.#random.int(0, 3) === 0) this.#say({ event: 'end', shard });
  }

  #given(stored: readonly ReadRecord[]): readonly ReadRecord[] {
    const at = this.#random.int(0, Math.max(0, stored.length - 2));
    const [one, other] = [stored[at], stored[at + 1]];
    if (one === undefined || other === undefined) return stored;
    const [before, behind] = [stored.slice(0, at), stored.slice(at + 2)];
    if (this.#mistake === 'lose') return [...before, other, ...behind];
    if (this.#mistake === 'again') return [...before, one, other, one, ...behind];
    if (this.#mistake === 'swap') return [...before, other, one, ...behind];
    if (this.#mistake === 'other bytes') return [...before, { ...one, digest: '0123456789abcdef' }, other, ...behind];
    if (this.#mistake === 'other record') return [...before, { ...other, seq: one.seq }, other, ...behind];
    return stored;
  }

  #deliver(
    shard: string,
    chain: number,
    isFirst: boolean,
    worker: string | undefined,
    some: readonly ReadRecord[],
  ): void {
    const records = some.map(({ seq, key, n, producer, idKey, digest }) => ({
      seq,
      key,
      ...(this.#isNamed || key?.startsWith('sentinel-') === true ? { n, producer, idKey } : {}),
      ...(this.#hasDigest ? { digest } : {}),
    }));
    const from = isFirst ? { from: { type: 'TRIM_HORIZON' as const } } : {};
    const who = worker === undefined ? {} : { worker };
    this.#events.push({
      type: 'page',
      reader: 'app/1',
      chain,
      shard,
      ...from,
      ...who,
      records,
      more: true,
    } as EventBody);
  }

  #finish(shard: string, some: readonly ReadRecord[]): void {
    if (this.#hasDone) for (const record of some) this.#say({ event: 'done', shard, ...seqOf(record) });
  }

  #checkpoint(shard: string, record: ReadRecord | undefined): void {
    if (record !== undefined) this.#say({ event: 'checkpoint', shard, ...seqOf(record) });
  }

  #misreport(shard: string, record: ReadRecord | undefined, mistake: ConsumerMistake): void {
    if (this.#mistake === mistake) this.#checkpoint(shard, record);
  }
}

const seqOf = (record: ReadRecord | undefined): { readonly seq?: string } =>
  record?.seq === undefined ? {} : { seq: record.seq };

/** What the final reader read, by shard, parents first. */
const inOrder = (lines: readonly Line[]): readonly (readonly [string, ReadRecord[]])[] => {
  const read = new Map<string, ReadRecord[]>();
  for (const line of lines)
    if (isFinalPage(line)) {
      const { shard, records = [] } = line as PageEvent;
      read.set(shard, [...(read.get(shard) ?? []), ...records]);
    }
  const parents = new Map<string, readonly string[]>();
  for (const line of lines)
    if (line.type === 'topology') for (const { shard, parents: own = [] } of line.shards) parents.set(shard, own);
  const depth = (shard: string): number => 1 + Math.max(-1, ...(parents.get(shard) ?? []).map(depth));
  return [...read].filter(([, records]) => records.length > 0).sort(([a], [b]) => depth(a) - depth(b));
};
