import { closeSync, openSync, writeSync } from 'node:fs';
import { entryOf, seqOf, shardName, shardOf } from './synthetic-history.ts';

const [keys, shards, perPage] = [10_000, 16, 100];
const head = {
  type: 'head',
  format: 'kinesis-order-history',
  version: 1,
  run: 'r-bench',
  recorded: ['pages'],
  recorder: 'import',
  clock: 'none',
  question: 'pipeline',
  identity: { from: 'json' },
  import: { format: 'jsonl', files: ['dump.jsonl'], lacks: ['time'] },
};

/** The import of what one consumer received of a stream: nobody knows of anything else. */
export const writeDump = (path: string, records: number): void => {
  const file = openSync(path, 'w');
  const lines: object[] = [head, { t: 1, type: 'reader', reader: 'app', role: 'subject' }];
  const waiting: object[][] = Array.from({ length: shards }, () => []);
  const begun = new Set<number>();
  let t = 1;
  const flush = (): void => {
    writeSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    lines.length = 0;
  };
  const deliver = (index: number): void => {
    t += 1;
    const from = begun.has(index) ? {} : { from: { type: 'UNKNOWN' } };
    const shard = shardName(index);
    lines.push({ t, type: 'page', reader: 'app', chain: index, shard, ...from, records: waiting[index] ?? [] });
    begun.add(index);
    waiting[index] = [];
    if (lines.length > 200) flush();
  };
  for (let record = 0; record < records; record += 1) {
    const { key, n } = entryOf(record, keys);
    const shard = shardOf(key, shards);
    const own = waiting[shard];
    own?.push({ seq: seqOf(record), key, n });
    if (own?.length === perPage) deliver(shard);
  }
  for (const [shard, own] of waiting.entries()) if (own.length > 0) deliver(shard);
  lines.push({ t: t + 1, type: 'end', reason: 'completed' });
  flush();
  closeSync(file);
};
