import { closeSync, openSync, writeSync } from 'node:fs';
import { encodedSeq } from '../harness/testing/generators/even-shards.ts';
import { type Entry, entryOf, seqOf, shardName, shardOf, topologyOf } from './synthetic-history.ts';

/** Kinds of histories that older versions spilled completely, and that now are spilled in part. */
export const wholeKinds = ['interleaved', 'aggregates', 'shared', 'others', 'mid-stream', 'again', 'consumer'] as const;
export type WholeKind = (typeof wholeKinds)[number];

const [keys, shards, batch, perPart] = [10_000, 16, 100, 10];

/**
 * Records in calls of 100, read at the end. `interleaved`: two writers, whose calls get their numbers in turn.
 * `aggregates`: ten aggregates of ten records a call. `shared`: others may write. `others`: they do, a record after
 * every fourth of ours, each with its own key. `mid-stream`: another reader begins at LATEST when half was sent.
 * `again`: the reader reads everything twice. `consumer`: a consumer under test receives everything, too.
 */
export const writeWhole = (path: string, kind: WholeKind, records: number): void => {
  const file = openSync(path, 'w');
  let lines: string[] = [];
  let t = 0;
  const push = (line: object): void => {
    t += 100;
    lines.push(JSON.stringify('type' in line && line.type === 'head' ? line : { ...line, t }));
    if (lines.length > 200) flush();
  };
  const flush = (): void => {
    if (lines.length > 0) writeSync(file, `${lines.join('\n')}\n`);
    lines = [];
  };
  /** The keys of each shard, because all user records of an aggregate are of one shard. */
  const ofShard = Array.from({ length: shards }, (_, shard) =>
    Array.from({ length: keys }, (__, key) => key).filter((key) => shardOf(`key-${key}`, shards) === shard),
  );
  const taken = ofShard.map(() => 0);
  const packed = (index: number): Entry => {
    const shard = Math.floor(index / perPart) % shards;
    const own = ofShard[shard] ?? [];
    const turn = taken[shard] ?? 0;
    taken[shard] = turn + 1;
    return entryOf((own[turn % own.length] ?? 0) + keys * Math.floor(turn / own.length), keys);
  };
  const stored: string[][] = Array.from({ length: shards }, () => []);
  let next = 0;
  const store = ({ key, ...entry }: Entry, producer: string, sub?: number): object => {
    const shard = shardOf(key, shards);
    const seq = kind === 'interleaved' || kind === 'others' ? encodedSeq(shard, next) : seqOf(next);
    if (sub === undefined || sub === perPart - 1) next += 1;
    stored[shard]?.push(JSON.stringify({ seq, key, producer, ...entry, ...(sub === undefined ? {} : { sub }) }));
    if (kind === 'others' && next % 5 === 4) {
      const theirs = { seq: encodedSeq(shard, next), key: `theirs-${next}` };
      stored[shard]?.push(JSON.stringify(theirs));
      next += 1;
    }
    return { shard: shardName(shard), seq, ...(sub === undefined ? {} : { sub }) };
  };
  push({
    type: 'head',
    format: 'kinesis-order-history',
    version: 1,
    run: 'r-bench',
    ...(kind === 'shared' || kind === 'others' ? { stream: { name: 's', shared: true } } : {}),
  });
  push({ type: 'topology', status: 'ACTIVE', shards: topologyOf(shards) });
  push({ type: 'reader', reader: 'final', role: 'final' });
  if (kind === 'consumer') push({ type: 'reader', reader: 'app', role: 'subject' });
  if (kind === 'mid-stream') push({ type: 'reader', reader: 'live', role: 'live' });
  /** How many records of each shard the live reader has skipped or read; undefined before it begins. */
  let seen: number[] | undefined;
  const readLive = (): void => {
    const begun = seen;
    seen ??= stored.map((list) => list.length);
    for (const [shard, list] of stored.entries()) {
      const records = list.slice(seen[shard]).map((one): unknown => JSON.parse(one));
      const from = begun === undefined ? { from: { type: 'LATEST', t0: t, t } } : {};
      push({
        type: 'page',
        reader: 'live',
        chain: 1000 + shard,
        shard: shardName(shard),
        ...from,
        records,
        more: true,
      });
      seen[shard] = list.length;
    }
  };
  const writers = kind === 'interleaved' ? 2 : 1;
  for (let first = 0, op = 0; first < records; first += batch * writers, op += writers) {
    const calls = Array.from({ length: writers }, (_, writer) =>
      Array.from({ length: batch }, (__, index) =>
        kind === 'aggregates' ? packed(first + index) : entryOf(first + index * writers + writer, keys),
      ),
    );
    for (const [writer, entries] of calls.entries()) push(putOf(kind, op + writer, `p${writer}`, entries));
    const results: object[][] = calls.map(() => []);
    for (let index = 0; index < batch; index += 1)
      for (const [writer, entries] of calls.entries()) {
        const sub = kind === 'aggregates' ? index % perPart : undefined;
        results[writer]?.push(store(entries[index] ?? entryOf(0, keys), `p${writer}`, sub));
      }
    for (const writer of calls.keys()) push({ type: 'ack', op: op + writer, outcome: 'ok', results: results[writer] });
    if (kind === 'mid-stream' && first >= records / 2 && op % 10 === 0) readLive();
  }
  if (kind === 'mid-stream') readLive();
  for (const [index, reader] of readersOf(kind).entries())
    for (const [shard, list] of stored.entries())
      for (let at = 0; at < list.length; at += 1000)
        push({
          type: 'page',
          reader,
          chain: index * shards + shard,
          shard: shardName(shard),
          ...(at > 0 ? {} : { from: { type: 'TRIM_HORIZON' } }),
          records: list.slice(at, at + 1000).map((one): unknown => JSON.parse(one)),
          behind: at + 1000 >= list.length ? 0 : 5,
          more: true,
        });
  push({ type: 'end', reason: 'completed' });
  flush();
  closeSync(file);
};

/** The readers that read everything, one after the other. */
const readersOf = (kind: WholeKind): readonly string[] =>
  kind === 'consumer' ? ['final', 'app'] : kind === 'again' ? ['final', 'final'] : ['final'];

const putOf = (kind: WholeKind, op: number, producer: string, entries: readonly Entry[]): object => {
  const parts = Array.from({ length: batch / perPart }, (_, part) => ({ key: entries[part * perPart]?.key ?? '' }));
  const isAggregate = kind === 'aggregates';
  return {
    type: 'put',
    op,
    producer,
    api: 'PutRecords',
    attempt: 1,
    ...(isAggregate ? { parts } : {}),
    entries: isAggregate ? entries.map((entry, index) => ({ ...entry, part: Math.floor(index / perPart) })) : entries,
  };
};
