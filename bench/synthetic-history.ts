import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

export type Shape = {
  readonly records: number;
  readonly keys: number;
  readonly shards: number;
  readonly batch: number;
  /** The reader is given records while others are sent; else all of them at the end. */
  readonly isFollowed: boolean;
  /** Every fiftieth call is throttled in part, and that sent again; halfway the first shard is split. */
  readonly hasTroubles?: boolean;
};

/**
 * A clean history as a run writes it: every record put, acknowledged and read once by the final reader, 56-digit numbers as on AWS, keys in round robin.
 * `batch` 1 is one PutRecord a record. Written to `path` in one go.
 */
export const writeSynthetic = (path: string, shape: Shape): void => {
  const { records, keys, shards, batch, isFollowed } = shape;
  const hasTroubles = shape.hasTroubles === true;
  const file = openSync(path, 'w');
  let lines: string[] = [];
  let t = 0;
  const push = (line: object): void => {
    lines.push(JSON.stringify(line));
    if (lines.length < 500) return;
    writeSync(file, `${lines.join('\n')}\n`);
    lines = [];
  };
  const topology = topologyOf(shards);
  push({
    type: 'head',
    format: 'kinesis-order-history',
    version: 1,
    run: 'r-bench',
    startedAt: '2026-11-23T08:00:00.000Z',
    recorded: ['puts', 'pages'],
  });
  push({ t, type: 'topology', status: 'ACTIVE', shards: topology });
  push({ t, type: 'reader', reader: 'final', role: 'final' });
  const stored: string[][] = topology.map(() => []);
  const begun = new Set<number>();
  let isSplit = false;
  const ended = new Set<number>();
  /** Whole pages of what is stored and not yet delivered; at the end, the rest of it. */
  const deliver = (isEnd: boolean): void => {
    for (const [shard, list] of stored.entries()) {
      const isClosed = isSplit && shard === 0;
      if (ended.has(shard)) continue;
      for (let at = 0; at < list.length || (isClosed && !ended.has(0)); at += 1000) {
        const from = begun.has(shard) ? '' : `"from":{"type":"TRIM_HORIZON","t0":${t},"t":${t + 5}},`;
        begun.add(shard);
        t += 100;
        const isLast = at + 1000 >= list.length;
        if (isClosed && isLast) ended.add(0);
        const behind = isEnd && isLast ? 0 : 5;
        const page = list.slice(at, at + 1000).join(',');
        lines.push(
          `{"t":${t + 50},"t0":${t},"type":"page","reader":"final","chain":${shard},"shard":"${shardName(shard)}",${from}"records":[${page}],"behind":${behind},"more":${!ended.has(shard)}}`,
        );
        t += 50;
        if (lines.length > 50) {
          writeSync(file, `${lines.join('\n')}\n`);
          lines = [];
        }
      }
      list.length = 0;
    }
  };
  let next = 0;
  const split = (): void => {
    const seq = seqOf(next);
    push({ t: (t += 10), type: 'reshard', id: 0, phase: 'invoke', action: 'SplitShard', shards: [shardName(0)] });
    const [parent] = topology as { range: [string, string]; seq: [string, string | null] }[];
    if (parent === undefined) return;
    parent.seq[1] = seq;
    const middle = firstOf(1, 2 * shards) - 1n;
    const ranges = [
      ['0', String(middle)],
      [String(middle + 1n), parent.range[1]],
    ];
    for (const [child, range] of ranges.entries())
      topology.push({ shard: shardName(shards + child), range, parents: [shardName(0)], seq: [seqOf(next + 1), null] });
    stored.push([], []);
    isSplit = true;
    next += 2;
    push({ t: (t += 10), type: 'topology', status: 'ACTIVE', shards: topology });
    push({ t: (t += 10), type: 'reshard', id: 0, phase: 'ok' });
  };
  const shardNow = (key: string): number => {
    const shard = shardOf(key, shards);
    return isSplit && shard === 0 ? shards + (shardOf(key, 2 * shards) % 2) : shard;
  };
  let op = 0;
  const send = (entries: readonly Entry[], stores: number, attempt: number): void => {
    const api = entries.length === 1 ? 'PutRecord' : 'PutRecords';
    push({ t: (t += 90), type: 'put', op, producer: 'p1', api, attempt, entries });
    const placed = entries.slice(0, stores).map(({ key }) => ({ shard: shardName(shardNow(key)), seq: seqOf(next++) }));
    const results = [
      ...placed,
      ...entries.slice(stores).map(() => ({ error: 'ProvisionedThroughputExceededException' })),
    ];
    const requestId = `4b7c4a9e-5a3f-11ee-8c99-${String(op).padStart(12, '0')}`;
    push({ t: (t += 400), type: 'ack', op, outcome: 'ok', results, requestId });
    op += 1;
    for (const [index, { key, n, digest }] of entries.slice(0, stores).entries()) {
      const arrival = 1795420800000 + Math.round(t / 1000);
      stored[shardNow(key)]?.push(
        JSON.stringify({ seq: placed[index]?.seq, key, producer: 'p1', n, digest, bytes: 180, arrival }),
      );
    }
  };
  for (let first = 0, call = 0; first < records; first += batch, call += 1) {
    const count = Math.min(batch, records - first);
    const entries = Array.from({ length: count }, (_, index) => entryOf(first + index, keys));
    const stores = hasTroubles && call % 50 === 49 ? count - Math.min(3, count) : count;
    send(entries, stores, 1);
    if (stores < count) send(entries.slice(stores), count - stores, 2);
    if (hasTroubles && !isSplit && first >= records / 2) split();
    if (isFollowed && first % 10_000 === 0) deliver(false);
  }
  deliver(true);
  push({ t: t + 1, type: 'end', reason: 'completed' });
  writeSync(file, `${lines.join('\n')}\n`);
  closeSync(file);
};

const shardName = (shard: number): string => `shardId-${String(shard).padStart(12, '0')}`;
const digests = new Map<number, string>();

type Entry = { readonly key: string; readonly n: number; readonly digest: string; readonly bytes: number };

const entryOf = (index: number, keys: number): Entry => {
  const digest =
    digests.get(index % 4096) ??
    createHash('sha256')
      .update(String(index % 4096))
      .digest('hex')
      .slice(0, 16);
  digests.set(index % 4096, digest);
  return { key: `key-${index % keys}`, n: Math.floor(index / keys), digest, bytes: 180 };
};

/** 56 digits; a multiple of 16, so that none looks as if it encoded a shard. */
const seqOf = (index: number): string =>
  `4966${String(index).padStart(30, '0')}${String(((index * 7919) % 1e9) * 16).padStart(22, '0')}`;

const hashes = new Map<string, number>();
const shardOf = (key: string, shards: number): number => {
  const name = `${shards} ${key}`;
  const known = hashes.get(name);
  if (known !== undefined) return known;
  const hash = BigInt(`0x${createHash('md5').update(key).digest('hex')}`);
  const made = Number((hash * BigInt(shards)) >> 128n);
  hashes.set(name, made);
  return made;
};

const topologyOf = (shards: number): object[] =>
  Array.from({ length: shards }, (_, shard) => {
    const [first, next] = [firstOf(shard, shards), firstOf(shard + 1, shards)];
    return { shard: shardName(shard), range: [String(first), String(next - 1n)], parents: [], seq: ['0', null] };
  });

/** The smallest hash whose shard, as shardOf computes it, is this one. */
const firstOf = (shard: number, shards: number): bigint => {
  const size = BigInt(shards);
  return ((BigInt(shard) << 128n) + size - 1n) / size;
};
