import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

export type Shape = {
  readonly records: number;
  readonly keys: number;
  readonly shards: number;
  readonly batch: number;
  /** True if the reader receives records while others are sent; otherwise all of them at the end. */
  readonly isFollowed: boolean;
  /** Every fiftieth call is throttled in part, and that part sent again. Halfway the first shard is split. */
  readonly hasTroubles?: boolean;
  /** Every twenty thousandth record is lost, damaged, or sent twice with its call. */
  readonly isOdd?: boolean;
};

/**
 * A history as a run writes it: every record put, acknowledged and read once by the final reader, 56-digit numbers as
 * on AWS, keys in round robin. `batch` 1 is one PutRecord a record. Written to `path` in one go.
 */
export const writeSynthetic = (path: string, shape: Shape): void => new Synthetic(path, shape).write();

type Info = {
  readonly shard: string;
  range: [string, string];
  readonly parents: readonly string[];
  seq: [string, string | null];
};

class Synthetic {
  readonly #shape: Shape;
  readonly #file: number;
  #lines: string[] = [];
  #t = 0;
  #op = 0;
  /** The index of the next sequence number. */
  #next = 0;
  readonly #topology: Info[];
  /** Records that are stored and not yet delivered, by shard. */
  readonly #stored: string[][];
  readonly #begun = new Set<number>();
  #isSplit = false;
  #isEnded = false;

  constructor(path: string, shape: Shape) {
    this.#shape = shape;
    this.#file = openSync(path, 'w');
    this.#topology = topologyOf(shape.shards);
    this.#stored = this.#topology.map(() => []);
  }

  write(): void {
    const { records, keys, batch, isFollowed, hasTroubles = false, isOdd = false } = this.#shape;
    this.#begin();
    for (let first = 0, call = 0; first < records; first += batch, call += 1) {
      const count = Math.min(batch, records - first);
      const entries = Array.from({ length: count }, (_, index) => entryOf(first + index, keys));
      const fails = hasTroubles && call % 50 === 49 ? Math.min(3, count) : 0;
      this.#send(entries, count - fails, 1);
      if (fails > 0) this.#send(entries.slice(count - fails), fails, 2);
      if (hasTroubles && !this.#isSplit && first >= records / 2) this.#split();
      if (isOdd && first % 20_000 === 0) this.#makeOdd(first / 20_000, entries);
      if (isFollowed && first % 10_000 === 0) this.#deliver(false);
    }
    this.#deliver(true);
    this.#push(1, { type: 'end', reason: 'completed' });
    this.#flush(0);
    closeSync(this.#file);
  }

  #begin(): void {
    const startedAt = '2026-11-23T08:00:00.000Z';
    const recorded = ['puts', 'pages'];
    this.#lines.push(
      JSON.stringify({
        type: 'head',
        format: 'kinesis-order-history',
        version: 1,
        run: 'r-bench',
        startedAt,
        recorded,
      }),
    );
    this.#push(0, { type: 'topology', status: 'ACTIVE', shards: this.#topology });
    this.#push(0, { type: 'reader', reader: 'final', role: 'final' });
  }

  #push(after: number, line: object): void {
    this.#t += after;
    this.#lines.push(JSON.stringify({ t: this.#t, ...line }));
    this.#flush(500);
  }

  #flush(above: number): void {
    if (this.#lines.length <= above) return;
    writeSync(this.#file, `${this.#lines.join('\n')}\n`);
    this.#lines = [];
  }

  /** Sends a call. The first `stores` entries are stored, the others throttled. */
  #send(entries: readonly Entry[], stores: number, attempt: number): void {
    this.#put(entries, attempt);
    const placed = entries.slice(0, stores).map((entry) => this.#store(entry));
    const failed = entries.slice(stores).map(() => ({ error: 'ProvisionedThroughputExceededException' }));
    const requestId = `4b7c4a9e-5a3f-11ee-8c99-${String(this.#op).padStart(12, '0')}`;
    this.#push(400, { type: 'ack', op: this.#op, outcome: 'ok', results: [...placed, ...failed], requestId });
    this.#op += 1;
  }

  #put(entries: readonly Entry[], attempt: number): void {
    const api = entries.length === 1 ? 'PutRecord' : 'PutRecords';
    this.#push(90, { type: 'put', op: this.#op, producer: 'p1', api, attempt, entries });
  }

  #store({ key, n, digest }: Entry): { readonly shard: string; readonly seq: string } {
    const shard = this.#shardNow(key);
    const seq = seqOf(this.#next);
    this.#next += 1;
    const arrival = 1795420800000 + Math.round(this.#t / 1000);
    this.#stored[shard]?.push(JSON.stringify({ seq, key, producer: 'p1', n, digest, bytes: 180, arrival }));
    return { shard: shardName(shard), seq };
  }

  #shardNow(key: string): number {
    const { shards } = this.#shape;
    const shard = shardOf(key, shards);
    return this.#isSplit && shard === 0 ? shards + (shardOf(key, 2 * shards) % 2) : shard;
  }

  /**
   * By turns, the last stored record is lost or damaged, or its call times out and is sent again although it was
   * stored.
   */
  #makeOdd(turn: number, entries: readonly Entry[]): void {
    const [last] = entries.slice(-1);
    if (last === undefined) return;
    const list = this.#stored[this.#shardNow(last.key)] ?? [];
    if (turn % 3 === 0) list.pop();
    if (turn % 3 === 1) list.push((list.pop() ?? '').replace(last.digest, 'feedfeedfeedfeed'));
    if (turn % 3 < 2) return;
    this.#put(entries, 1);
    for (const entry of entries) this.#store(entry);
    this.#push(400, { type: 'ack', op: this.#op, outcome: 'info', error: 'TimeoutError' });
    this.#op += 1;
  }

  /** Splits the first shard in half. */
  #split(): void {
    const { shards } = this.#shape;
    const [parent] = this.#topology;
    if (parent === undefined) return;
    const names = [parent.shard];
    this.#push(10, { type: 'reshard', id: 0, phase: 'invoke', action: 'SplitShard', shards: names });
    parent.seq[1] = seqOf(this.#next);
    const middle = firstOf(1, 2 * shards) - 1n;
    const ranges = [
      ['0', String(middle)],
      [String(middle + 1n), parent.range[1]],
    ] as [string, string][];
    for (const [child, range] of ranges.entries())
      this.#topology.push({
        shard: shardName(shards + child),
        range,
        parents: names,
        seq: [seqOf(this.#next + 1), null],
      });
    this.#stored.push([], []);
    this.#isSplit = true;
    this.#next += 2;
    this.#push(10, { type: 'topology', status: 'ACTIVE', shards: this.#topology });
    this.#push(10, { type: 'reshard', id: 0, phase: 'ok' });
  }

  /** Delivers the stored records in pages of a thousand. A closed shard ends with its last page. */
  #deliver(isEnd: boolean): void {
    for (const [shard, list] of this.#stored.entries()) {
      const isClosed = this.#isSplit && shard === 0;
      if (isClosed && this.#isEnded) continue;
      for (let at = 0; at < list.length || (isClosed && !this.#isEnded); at += 1000) {
        const isLast = at + 1000 >= list.length;
        if (isClosed && isLast) this.#isEnded = true;
        this.#page(shard, list.slice(at, at + 1000), { behind: isEnd && isLast ? 0 : 5, more: !(isClosed && isLast) });
      }
      list.length = 0;
    }
  }

  #page(
    shard: number,
    records: readonly string[],
    { behind, more }: { readonly behind: number; readonly more: boolean },
  ): void {
    const t = this.#t + (this.#begun.has(shard) ? 0 : 5);
    const from = this.#begun.has(shard) ? '' : `"from":{"type":"TRIM_HORIZON","t0":${this.#t},"t":${t}},`;
    this.#begun.add(shard);
    this.#t += 150;
    this.#lines.push(
      `{"t":${this.#t},"t0":${this.#t - 50},"type":"page","reader":"final","chain":${shard},"shard":"${shardName(shard)}",${from}"records":[${records.join(',')}],"behind":${behind},"more":${more}}`,
    );
    this.#flush(50);
  }
}

export const shardName = (shard: number): string => `shardId-${String(shard).padStart(12, '0')}`;
const digests = new Map<number, string>();

export type Entry = { readonly key: string; readonly n: number; readonly digest: string; readonly bytes: number };

export const entryOf = (index: number, keys: number): Entry => {
  const digest =
    digests.get(index % 4096) ??
    createHash('sha256')
      .update(String(index % 4096))
      .digest('hex')
      .slice(0, 16);
  digests.set(index % 4096, digest);
  return { key: `key-${index % keys}`, n: Math.floor(index / keys), digest, bytes: 180 };
};

/** A sequence number of 56 digits. A multiple of 16, so that none looks as if it encoded a shard. */
export const seqOf = (index: number): string =>
  `4966${String(index).padStart(30, '0')}${String(((index * 7919) % 1e9) * 16).padStart(22, '0')}`;

const hashes = new Map<string, number>();
export const shardOf = (key: string, shards: number): number => {
  const name = `${shards} ${key}`;
  const known = hashes.get(name);
  if (known !== undefined) return known;
  const hash = BigInt(`0x${createHash('md5').update(key).digest('hex')}`);
  const made = Number((hash * BigInt(shards)) >> 128n);
  hashes.set(name, made);
  return made;
};

export const topologyOf = (shards: number): Info[] =>
  Array.from({ length: shards }, (_, shard) => {
    const [first, next] = [firstOf(shard, shards), firstOf(shard + 1, shards)];
    return { shard: shardName(shard), range: [String(first), String(next - 1n)], parents: [], seq: ['0', null] };
  });

/** The smallest hash key of a shard, as `shardOf` computes shards. */
const firstOf = (shard: number, shards: number): bigint => {
  const size = BigInt(shards);
  return ((BigInt(shard) << 128n) + size - 1n) / size;
};
