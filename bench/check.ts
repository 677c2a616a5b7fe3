import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './median.ts';
import { type Shape, writeSynthetic } from './synthetic-history.ts';

/**
 * `check` against splitting the same file into lines and JSON.parse of each. Both are processes of their own and take
 * turns; medians of the ratios. Run `npm run build` first, because the built code is measured.
 */
const rounds = Number(process.argv[2] ?? 5);
const base = { keys: 10_000, shards: 16, isFollowed: false };
/** The highest ratio to parsing, by batch, from a million records on. Below that, most of the time is warming up. */
const floors = { 1: 1.8, 100: 2 } as const;
type Case = Shape & { readonly batch: keyof typeof floors };
const followed = { ...base, records: 10_000_000, batch: 100, isFollowed: true } as const;
const long: readonly Case[] = [followed, { ...followed, isOdd: true }];
const cases: readonly Case[] = [
  { ...base, records: 100_000, batch: 100 },
  { ...base, records: 1_000_000, batch: 100 },
  { ...base, records: 1_000_000, batch: 1 },
  { ...base, records: 1_000_000, batch: 100, keys: 100 },
  { ...base, records: 1_000_000, batch: 100, keys: 500_000 },
  { ...base, records: 1_000_000, batch: 100, isFollowed: true },
  { ...base, records: 1_000_000, batch: 100, isFollowed: true, hasTroubles: true },
  { ...base, records: 2_000_000, batch: 100, isFollowed: true, keys: 1_000_000 },
  { ...base, records: 2_500_000, batch: 100, isFollowed: true },
  { ...base, records: 2_500_000, batch: 100, isFollowed: true, hasTroubles: true },
  { ...base, records: 1_000_000, batch: 100, isFollowed: true, isOdd: true },
  { ...base, records: 2_500_000, batch: 100, isFollowed: true, isOdd: true },
  ...(process.argv[3] === 'long' ? long : []),
];
const measures = fileURLToPath(new URL('./measure-check.mjs', import.meta.url));

type Measured = { readonly ms: number; readonly cpuMs: number; readonly rssMb: number };
const measure = (...what: readonly ['parse', string] | readonly ['check', string, string]): Measured =>
  JSON.parse(execFileSync(process.execPath, [measures, ...what], { encoding: 'utf8' })) as Measured;
const folder = mkdtempSync(join(tmpdir(), 'kinesis-order-bench-'));
let isMissed = false;
try {
  for (const shape of cases) {
    const path = join(folder, 'history.ndjson');
    writeSynthetic(path, shape);
    const pairs = Array.from({ length: rounds }, () => ({
      parse: measure('parse', path),
      check: measure('check', path, shape.isOdd === true ? 'violated' : 'holds'),
    }));
    const ratio = median(pairs.map(({ parse, check }) => check.ms / parse.ms));
    const cpu = median(pairs.map(({ parse, check }) => check.cpuMs / parse.cpuMs));
    isMissed ||= shape.records >= 1_000_000 && ratio > floors[shape.batch];
    const perSecond = Math.round(shape.records / (median(pairs.map(({ check }) => check.ms)) / 1000));
    const rss = Math.max(...pairs.map(({ check }) => check.rssMb));
    process.stdout.write(
      `${shape.records} records in batches of ${shape.batch}, ${shape.keys} keys, ${shape.shards} shards, ${shape.isFollowed ? 'read as they come' : 'read at the end'}, ${shape.hasTroubles === true ? 'throttled and resharded, ' : ''}${shape.isOdd === true ? 'one in 20,000 lost, damaged or doubled, ' : ''}${Math.round(statSync(path).size / 1e6)} MB: ` +
        `check / parse ${ratio.toFixed(2)} (CPU ${cpu.toFixed(2)}, floor ${floors[shape.batch]}), ${perSecond} records/s, peak ${rss} MB, ${rounds} rounds\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(isMissed ? 'a floor was missed\n' : 'all within their floors\n');
