import type { Head, HistoryEvent, IteratorStart, PutResult, ReaderRole, ShardInfo } from '../../model/event.ts';

const last = String((1n << 128n) - 1n);
const half = 1n << 127n;

export const shard = (index: number): string => `shardId-${String(index).padStart(12, '0')}`;

/** MD5 of `a` lies in the lower half of the hash keys, MD5 of `b` in the upper one. */
export const whole: readonly ShardInfo[] = [{ shard: shard(0), range: ['0', last], parents: [], seq: ['1', null] }];
export const lower = (
  index: number,
  parents: readonly number[] = [],
  seq: ShardInfo['seq'] = ['1', null],
): ShardInfo => ({
  shard: shard(index),
  range: ['0', String(half - 1n)],
  parents: parents.map(shard),
  seq,
});
export const upper = (
  index: number,
  parents: readonly number[] = [],
  seq: ShardInfo['seq'] = ['1', null],
): ShardInfo => ({
  shard: shard(index),
  range: [String(half), last],
  parents: parents.map(shard),
  seq,
});
export const closed = (info: ShardInfo | undefined, ending: string): ShardInfo => {
  if (info === undefined) throw new Error('no shard to close');
  return { ...info, seq: [info.seq[0], ending] };
};

export type Read = readonly [seq: number | string, key: string, n: number, more?: Partial<ReadMore>];
type ReadMore = { digest: string; producer: string; idKey: string; arrival: number; sub: number };

export type Put = {
  readonly ok: (...seqs: readonly (number | string | PutResult)[]) => History;
  readonly fail: () => History;
  readonly info: () => History;
};

type PutMore = {
  readonly producer?: string;
  readonly after?: number;
  readonly hash?: string;
  readonly role?: 'sentinel';
  readonly digest?: string;
  readonly shard?: number;
  readonly parts?: readonly { readonly key: string }[];
};

type PageMore = {
  readonly reader?: string;
  readonly chain?: number;
  readonly shard?: number;
  readonly from?: IteratorStart;
  readonly behind?: number;
  readonly more?: boolean;
  readonly children?: readonly string[];
  readonly t0?: number;
  readonly worker?: string;
};

/** Builds a history for tests. Each line is one step later. Records that are read match what was put, unless given. */
export class History {
  readonly lines: (Head | HistoryEvent)[] = [];
  #t = 0;
  #op = 0;
  readonly #chains = new Set<string>();

  constructor(head: Partial<Head> = {}, shards: readonly ShardInfo[] = whole) {
    this.lines.push({ type: 'head', format: 'kinesis-order-history', version: 1, run: 'r-test', ...head });
    if (shards.length > 0) this.topology(shards);
    this.reader('final', 'final');
  }

  get now(): number {
    return this.#t;
  }

  step(): number {
    this.#t += 10;
    return this.#t;
  }

  wait(microseconds: number): this {
    this.#t += microseconds;
    return this;
  }

  topology(shards: readonly ShardInfo[], status = 'ACTIVE'): this {
    this.lines.push({ t: this.step(), type: 'topology', status, shards });
    return this;
  }

  reader(reader: string, role: ReaderRole): this {
    this.lines.push({ t: this.step(), type: 'reader', reader, role });
    return this;
  }

  /** One PutRecord; `.ok(seq)` answers it. */
  put(key: string, n: number, more: PutMore = {}): Put {
    return this.#send('PutRecord', [[key, n]], more);
  }

  /** One PutRecords. */
  batch(entries: readonly (readonly [key: string, n: number])[], more: PutMore = {}): Put {
    return this.#send('PutRecords', entries, more);
  }

  /** One PutRecord that carries several user records. */
  aggregate(outer: string, entries: readonly (readonly [key: string, n: number])[]): Put {
    return this.#send('PutRecord', entries, { parts: [{ key: outer }] });
  }

  page(records: readonly Read[], more: PageMore = {}): this {
    const { reader = 'final', chain = 1, shard: index = 0 } = more;
    const id = `${reader} ${chain} ${index}`;
    const from = more.from ?? (this.#chains.has(id) ? undefined : ({ type: 'TRIM_HORIZON' } as const));
    this.#chains.add(id);
    const t0 = more.t0 ?? this.step();
    this.lines.push({
      t: this.step(),
      t0,
      type: 'page',
      reader,
      chain,
      shard: shard(index),
      ...(from === undefined ? {} : { from: { t0, t: t0, ...from } }),
      records: records.map(([seq, key, n, own]) => ({
        seq: String(seq),
        key,
        producer: 'p1',
        n,
        digest: digestOf(key, n),
        ...own,
      })),
      more: more.more ?? true,
      ...(more.behind === undefined ? {} : { behind: more.behind }),
      ...(more.children === undefined ? {} : { children: more.children }),
      ...(more.worker === undefined ? {} : { worker: more.worker }),
    });
    return this;
  }

  event(event: HistoryEvent | { readonly type: string }): this {
    this.lines.push({ t: this.step(), ...event } as HistoryEvent);
    return this;
  }

  end(reason: 'completed' | 'interrupted' | 'failed' = 'completed'): this {
    this.lines.push({ t: this.step(), type: 'end', reason });
    return this;
  }

  #send(api: 'PutRecord' | 'PutRecords', entries: readonly (readonly [string, number])[], more: PutMore): Put {
    this.#op += 1;
    const op = this.#op;
    this.lines.push({
      t: this.step(),
      type: 'put',
      op,
      producer: more.producer ?? 'p1',
      api,
      attempt: 1,
      ...(more.role === undefined ? {} : { role: more.role }),
      ...(more.parts === undefined ? {} : { parts: more.parts }),
      entries: entries.map(([key, n]) => ({
        key,
        n,
        digest: more.digest ?? digestOf(key, n),
        bytes: 10,
        ...(more.parts === undefined ? {} : { part: 0 }),
        ...(more.after === undefined ? {} : { after: String(more.after) }),
        ...(more.hash === undefined ? {} : { hash: more.hash }),
      })),
    });
    const answer = (outcome: 'ok' | 'fail' | 'info', results?: readonly PutResult[]): History => {
      const error = outcome === 'ok' ? {} : { error: outcome === 'fail' ? 'ValidationException' : 'TimeoutError' };
      this.lines.push({
        t: this.step(),
        type: 'ack',
        op,
        outcome,
        ...(results === undefined ? {} : { results }),
        ...error,
      });
      return this;
    };
    return {
      ok: (...seqs) =>
        answer(
          'ok',
          seqs.map((seq) => (typeof seq === 'object' ? seq : { shard: shard(more.shard ?? 0), seq: String(seq) })),
        ),
      fail: () => answer('fail'),
      info: () => answer('info'),
    };
  }
}

const digestOf = (key: string, n: number): string =>
  Buffer.from(`${key}#${n}`).toString('hex').padEnd(16, '0').slice(0, 16);

export const history = (head: Partial<Head> = {}, shards: readonly ShardInfo[] = whole): History =>
  new History(head, shards);
