import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Shape, writeSynthetic } from './synthetic-history.ts';

/**
 * `check` against splitting the same file into lines and JSON.parse of each: both as processes of their own, in turn, medians of the ratios. Run `npm run build` first: what is
 * measured is what is shipped.
 */
const rounds = Number(process.argv[2] ?? 5);
const base = { keys: 10_000, shards: 16 };
const shapes: readonly Shape[] = [
  { ...base, records: 100_000, batch: 100 },
  { ...base, records: 1_000_000, batch: 100 },
  { ...base, records: 1_000_000, batch: 1 },
];
const measures = fileURLToPath(new URL('./measure-check.mjs', import.meta.url));
const floor = 2.5;

type Measured = { readonly ms: number; readonly cpuMs: number; readonly rssMb: number };
const measure = (what: 'parse' | 'check', path: string): Measured =>
  JSON.parse(execFileSync(process.execPath, [measures, what, path], { encoding: 'utf8' })) as Measured;
const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

const folder = mkdtempSync(join(tmpdir(), 'kinesis-order-bench-'));
let isMissed = false;
try {
  for (const shape of shapes) {
    const path = join(folder, 'history.ndjson');
    writeSynthetic(path, shape);
    const pairs = Array.from({ length: rounds }, () => ({
      parse: measure('parse', path),
      check: measure('check', path),
    }));
    const ratio = median(pairs.map(({ parse, check }) => check.ms / parse.ms));
    const cpu = median(pairs.map(({ parse, check }) => check.cpuMs / parse.cpuMs));
    isMissed ||= ratio > floor;
    const perSecond = Math.round(shape.records / (median(pairs.map(({ check }) => check.ms)) / 1000));
    const rss = Math.max(...pairs.map(({ check }) => check.rssMb));
    process.stdout.write(
      `${shape.records} records in batches of ${shape.batch}, ${shape.keys} keys, ${shape.shards} shards, ${Math.round(statSync(path).size / 1e6)} MB: ` +
        `check / parse ${ratio.toFixed(2)} (CPU ${cpu.toFixed(2)}), ${perSecond} records/s, peak ${rss} MB, ${rounds} rounds\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.stdout.write(`the goal is ${floor} or less${isMissed ? ': missed' : ''}\n`);
