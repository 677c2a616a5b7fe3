// 10^6 JSON lines: import against reading the same file and JSON.parse of each line. Interleaved, medians; and the
// memory of the import. npm run bench, or: npx tsx bench/import.ts [lines]
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importHistory } from '../harness/importers/import-history.ts';
import { linesOf } from '../harness/importers/text-lines.ts';
import { median } from './median.ts';

const count = Number(process.argv[2] ?? 1_000_000);
const rounds = 5;
const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-bench-'));
const path = join(folder, 'dump.jsonl');

const line = (index: number): string =>
  JSON.stringify({
    ts: new Date(1_795_423_045_619 + index).toISOString(),
    shard: `shardId-00000000000${Math.floor(index / 50) % 4}`,
    sequenceNumber: `4966000000000000000000000000000000000000000000000000${String(index).padStart(8, '0')}`,
    partitionKey: `order-${(index * 7919) % 1000}`,
    data: { counter: 5000 + Math.floor(index / 1000), amount: index % 100, note: 'a note' },
  });

const write = async (): Promise<void> => {
  const out = createWriteStream(path);
  for (let first = 0; first < count; first += 10_000) {
    const lines = Array.from({ length: Math.min(10_000, count - first) }, (_, index) => line(first + index));
    if (!out.write(`${lines.join('\n')}\n`)) await new Promise<void>((resolve) => out.once('drain', () => resolve()));
  }
  await new Promise<void>((resolve) => out.end(() => resolve()));
};

const parseAll = async (): Promise<void> => {
  for await (const { lines } of linesOf(createReadStream(path, { encoding: 'utf8', highWaterMark: 1024 * 1024 })))
    for (const text of lines) JSON.parse(text);
};

const importAll = async (): Promise<void> => {
  await importHistory({
    files: [{ format: 'jsonl', path, isPut: false }],
    mappings: { reads: {}, puts: {} },
    identify: undefined,
    identity: { from: 'json' },
    prefix: undefined,
    out: join(folder, 'h.ndjson'),
    run: 'bench',
    version: 'bench',
    question: 'pipeline',
    reader: 'consumer',
    clockSkewMs: undefined,
    stream: undefined,
    brokenMax: 0,
    readStream: () => Promise.reject(new Error('no stream here')),
  });
};

/** CPU seconds of this process: other processes on the machine do not count. */
const cost = async (work: () => Promise<void>): Promise<number> => {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

try {
  await write();
  const [parse, make]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    parse.push(await cost(parseAll));
    make.push(await cost(importAll));
  }
  const [base, own] = [median(parse), median(make)];
  const rss = Math.round(process.resourceUsage().maxRSS / 1024);
  const speed = (base / own).toFixed(2);
  process.stdout.write(
    `import jsonl: ${count} lines; JSON.parse ${base.toFixed(2)} s, import ${own.toFixed(2)} s of CPU: ${speed} of its speed (bar 0.50); at most ${rss} MB\n`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
