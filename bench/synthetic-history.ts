import { createHash } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';

export type Shape = {
  readonly records: number;
  readonly keys: number;
  readonly shards: number;
  readonly batch: number;
  /** The reader is given records while others are sent; else all of them at the end. */
  readonly isFollowed: boolean;
};

/**
 * A clean history as a run writes it: every record put, acknowledged and read once by the final reader, 56-digit numbers as on AWS, keys in round robin.
 * `batch` 1 is one PutRecord a record. Written to `path` in one go.
 */
export const writeSynthetic = (path: string, { records, keys, shards, batch, isFollowed }: Shape): void => {
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
  /** Whole pages of what is stored and not yet delivered; at the end, the rest of it. */
  const deliver = (isEnd: boolean): void => {
    for (const [shard, list] of stored.entries()) {
      for (let at = 0; at < list.length; at += 1000) {
        const from = begun.has(shard) ? '' : `"from":{"type":"TRIM_HORIZON","t0":${t},"t":${t + 5}},`;
        begun.add(shard);
        t += 100;
        const behind = isEnd && at + 1000 >= list.length ? 0 : 5;
        const records = list.slice(at, at + 1000).join(',');
        lines.push(
          `{"t":${t + 50},"t0":${t},"type":"page","reader":"final","chain":${shard},"shard":"${shardName(shard)}",${from}"records":[${records}],"behind":${behind},"more":true}`,
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
  for (let first = 0, op = 0; first < records; first += batch, op += 1) {
    const count = Math.min(batch, records - first);
    const entries = Array.from({ length: count }, (_, index) => entryOf(first + index, keys));
    const results = entries.map((entry, index) => ({
      shard: shardName(shardOf(entry.key, shards)),
      seq: seqOf(first + index),
    }));
    push({
      t: (t += 90),
      type: 'put',
      op,
      producer: 'p1',
      api: batch === 1 ? 'PutRecord' : 'PutRecords',
      attempt: 1,
      entries,
    });
    push({
      t: (t += 400),
      type: 'ack',
      op,
      outcome: 'ok',
      results,
      requestId: `4b7c4a9e-5a3f-11ee-8c99-${String(op).padStart(12, '0')}`,
    });
    entries.forEach((entry, index) => {
      stored[shardOf(entry.key, shards)]?.push(
        JSON.stringify({
          seq: seqOf(first + index),
          key: entry.key,
          producer: 'p1',
          n: entry.n,
          digest: entry.digest,
          bytes: 180,
          arrival: 1795420800000 + Math.round(t / 1000),
        }),
      );
    });
    if (isFollowed && first % 10_000 === 0) deliver(false);
  }
  deliver(true);
  push({ t: t + 1, type: 'end', reason: 'completed' });
  writeSync(file, `${lines.join('\n')}\n`);
  closeSync(file);
};

const shardName = (shard: number): string => `shardId-${String(shard).padStart(12, '0')}`;
const digests = new Map<number, string>();

const entryOf = (index: number, keys: number): { key: string; n: number; digest: string; bytes: number } => {
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
  const known = hashes.get(key);
  if (known !== undefined) return known;
  const hash = BigInt(`0x${createHash('md5').update(key).digest('hex')}`);
  const made = Number((hash * BigInt(shards)) >> 128n);
  hashes.set(key, made);
  return made;
};

const topologyOf = (shards: number): readonly object[] =>
  Array.from({ length: shards }, (_, shard) => {
    const [first, next] = [firstOf(shard, shards), firstOf(shard + 1, shards)];
    return { shard: shardName(shard), range: [String(first), String(next - 1n)], parents: [], seq: ['0', null] };
  });

/** The smallest hash whose shard, as shardOf computes it, is this one. */
const firstOf = (shard: number, shards: number): bigint => {
  const size = BigInt(shards);
  return ((BigInt(shard) << 128n) + size - 1n) / size;
};
