import { type Random, seededRandom } from '../../lib/random.ts';

/** Properties that the cost of judging may depend on. */
export type HistoryShape = {
  readonly records: number;
  readonly keys: number;
  readonly shards: number;
  readonly batch: number;
  /** The number of live readers beside the final one. */
  readonly readers: number;
  /** The number of splits of the first open shard, one after the other. */
  readonly reshards: number;
  /** The share of calls without an answer, each sent again. */
  readonly unanswered: number;
  /** The number of user records in one Kinesis record. */
  readonly aggregate: number;
  readonly hasSubject: boolean;
  /** The number of writers whose calls overlap. */
  readonly writers: number;
};

export const shapeOf = (random: Random): HistoryShape => {
  const records = random.pick([2000, 4000, 8000] as const);
  return {
    records,
    keys: random.pick([1, 10, 100, 1000, records / 4, records] as const),
    shards: random.pick([1, 2, 8, 64, 256] as const),
    batch: random.pick([1, 10, 100, 500] as const),
    readers: random.pick([0, 0, 1, 3, 10] as const),
    reshards: random.pick([0, 0, 1, 5, 40] as const),
    unanswered: random.pick([0, 0, 0.001, 0.02, 0.2] as const),
    aggregate: random.pick([1, 1, 1, 10, 50] as const),
    hasSubject: random.pick([false, false, false, true] as const),
    writers: random.pick([1, 1, 2, 8] as const),
  };
};

/** The same shape with all counts above 1 multiplied by `times`. */
export const grown = (shape: HistoryShape, times: number): HistoryShape => {
  const { records, keys, reshards, shards, readers } = shape;
  const more = (count: number): number => (count <= 1 ? count : count * times);
  return {
    ...shape,
    records: records * times,
    keys: more(keys),
    shards: more(shards),
    reshards: more(reshards),
    readers,
  };
};

type Read = Readonly<Record<string, unknown>>;
type Shard = { shard: string; range: [string, string]; parents: string[]; seq: [string, string | null]; read: Read[] };

/** A sound history of that shape, line by line. */
export const shapedHistory = (seed: string, shape: HistoryShape): readonly object[] => {
  const made = new Shaped(seededRandom(seed), shape);
  return made.lines;
};

const hashKeys = 1n << 128n;

class Shaped {
  readonly lines: object[] = [];
  readonly #random: Random;
  readonly #shape: HistoryShape;
  readonly #shards: Shard[] = [];
  readonly #open: Shard[] = [];
  readonly #counts: number[];
  /** Answers of calls, to be written later. */
  readonly #later: object[] = [];
  /** The shard of each key; cleared at a split. */
  readonly #homes = new Map<number, { readonly shard: Shard; readonly hash: string }>();
  #t = 0;
  #op = 0;
  #seq = 1000;
  #sent = 0;

  constructor(random: Random, shape: HistoryShape) {
    this.#random = random;
    this.#shape = shape;
    this.#counts = Array.from({ length: shape.keys }, () => 0);
    this.#begin();
    const every = Math.ceil(shape.records / (shape.reshards + 1));
    let due = every;
    while (this.#sent < shape.records) {
      this.#call();
      if (this.#sent < due || this.#sent >= shape.records) continue;
      due += every;
      this.#answerAll();
      this.#split();
    }
    this.#answerAll();
    this.#read();
    this.#push({ type: 'end', reason: 'completed' });
  }

  #push(line: object): void {
    this.#t += 100;
    this.lines.push({ t: this.#t, ...line });
  }

  #begin(): void {
    const { shards } = this.#shape;
    this.lines.push({
      type: 'head',
      format: 'kinesis-order-history',
      version: 1,
      run: 'r',
      recorded: ['puts', 'pages'],
    });
    for (let index = 0; index < shards; index += 1) {
      const [from, to] = [
        (hashKeys * BigInt(index)) / BigInt(shards),
        (hashKeys * BigInt(index + 1)) / BigInt(shards) - 1n,
      ];
      this.#add([String(from), String(to)], []);
    }
    this.#topology();
  }

  #add(range: [string, string], parents: string[]): void {
    const name = `shardId-${String(this.#shards.length).padStart(12, '0')}`;
    const shard: Shard = { shard: name, range, parents, seq: [String(this.#seq), null], read: [] };
    this.#seq += 1;
    this.#shards.push(shard);
    this.#open.push(shard);
  }

  #topology(): void {
    const shards = this.#shards.map(({ read: _read, ...shard }) => ({ ...shard, seq: [...shard.seq] }));
    this.#push({ type: 'topology', status: 'ACTIVE', shards });
  }

  #split(): void {
    const parent = this.#open.shift() as Shard;
    this.#homes.clear();
    const [from, to] = parent.range.map(BigInt) as [bigint, bigint];
    const middle = (from + to + 1n) / 2n;
    const id = this.#shards.length;
    this.#push({
      type: 'reshard',
      id,
      phase: 'invoke',
      action: 'SplitShard',
      shards: [parent.shard],
      newStartingHashKey: String(middle),
    });
    this.#seq += 1;
    parent.seq[1] = String(this.#seq);
    this.#seq += 1;
    this.#add([String(from), String(middle - 1n)], [parent.shard]);
    this.#add([String(middle), String(to)], [parent.shard]);
    this.#push({ type: 'reshard', id, phase: 'ok' });
    this.#topology();
  }

  /** The shard and the ExplicitHashKey of a key. Keys are not hashed, because that is not what is measured. */
  #home(key: number): { readonly shard: Shard; readonly hash: string } {
    const known = this.#homes.get(key);
    if (known !== undefined) return known;
    const hash = (hashKeys * BigInt(key)) / BigInt(this.#shape.keys) + 1n;
    const shard = this.#open.find(({ range: [from, to] }) => BigInt(from) <= hash && hash <= BigInt(to)) as Shard;
    const home = { shard, hash: String(hash) };
    this.#homes.set(key, home);
    return home;
  }

  #call(): void {
    const { batch, records, keys, unanswered, aggregate, writers } = this.#shape;
    const count = Math.min(batch, records - this.#sent);
    const producer = `p${this.#op % writers}`;
    // Each key has one writer, and each aggregate one key.
    const own = Array.from(
      { length: count },
      (_, index) => Math.floor((this.#sent + index - (index % aggregate)) / aggregate) % keys,
    );
    this.#sent += count;
    const entries = own.map((key, index) => {
      const n = this.#counts[key] as number;
      this.#counts[key] = n + 1;
      const part = aggregate > 1 ? { part: Math.floor(index / aggregate) } : {};
      return {
        key: `k${key}`,
        producer: `p${key % writers}`,
        n,
        digest: digestOf(key, n),
        bytes: 100,
        hash: this.#home(key).hash,
        ...part,
      };
    });
    const carriers = entries.filter((_, index) => index % aggregate === 0).map(({ hash }) => ({ key: 'a', hash }));
    const parts = aggregate > 1 ? { parts: carriers } : {};
    const put = { type: 'put', producer, api: count > 1 ? 'PutRecords' : 'PutRecord', ...parts, entries };
    if (this.#random.next() < unanswered) {
      this.#push({ ...put, op: this.#op });
      this.#push({ type: 'ack', op: this.#op, outcome: 'info', error: 'TimeoutError' });
      this.#op += 1;
    }
    this.#push({ ...put, op: this.#op, attempt: 1 });
    this.#later.push({ type: 'ack', op: this.#op, outcome: 'ok', results: this.#store(own, entries) });
    this.#op += 1;
    if (this.#later.length >= writers) this.#push(this.#later.shift() as object);
  }

  #answerAll(): void {
    for (const answer of this.#later.splice(0)) this.#push(answer);
  }

  #store(
    own: readonly number[],
    entries: readonly {
      readonly key: string;
      readonly producer: string;
      readonly n: number;
      readonly digest: string;
    }[],
  ): readonly object[] {
    const { aggregate } = this.#shape;
    let part: { shard: Shard; seq: string } | undefined;
    return entries.map(({ key, producer, n, digest }, index) => {
      const sub = aggregate > 1 ? { sub: index % aggregate } : {};
      if (part === undefined || index % aggregate === 0)
        part = { shard: this.#home(own[index] as number).shard, seq: this.#next() };
      const { shard, seq } = part;
      shard.read.push({
        seq,
        ...sub,
        key,
        producer,
        n,
        digest,
        bytes: 100,
        arrival: 1_700_000_000_000 + Math.round(this.#t / 1000),
      });
      return { shard: shard.shard, seq, ...sub };
    });
  }

  #next(): string {
    this.#seq += 1;
    return String(this.#seq);
  }

  #read(): void {
    const { readers, hasSubject } = this.#shape;
    for (let index = 0; index < readers; index += 1) this.#readAll(`live-${index}`, 'live', index);
    if (hasSubject) this.#readAll('app', 'subject', readers);
    this.#readAll('final', 'final', readers + 1);
  }

  #readAll(reader: string, role: string, index: number): void {
    this.#push({ type: 'reader', reader, role, ...(role === 'subject' ? { group: 'app' } : {}) });
    for (const [at, { shard, read, seq }] of this.#shards.entries()) {
      const chain = index * this.#shards.length + at + 1;
      for (let from = 0; from === 0 || from < read.length; from += 1000) {
        const isLast = from + 1000 >= read.length;
        const start = from === 0 ? { from: { type: 'TRIM_HORIZON' } } : {};
        const more = !(isLast && seq[1] !== null);
        const page = {
          type: 'page',
          t0: this.#t,
          reader,
          chain,
          shard,
          ...start,
          records: read.slice(from, from + 1000),
        };
        this.#push({ ...page, behind: isLast ? 0 : 1000, more });
      }
    }
  }
}

const digestOf = (key: number, n: number): string => (key * 1_000_003 + n).toString(16).padStart(16, '0');
