import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { median } from './median.ts';
import { writeSynthetic } from './synthetic-history.ts';

/**
 * `check` in one thread and in two, in turn: elapsed time, processor time of all threads, and of the judging thread,
 * which does not depend on other load. Linux. Run `npm run build` first.
 */
const rounds = Number(process.argv[2] ?? 5);
const sizes = (process.argv[3] ?? '100000,1000000,3000000').split(',').map(Number);
const measures = fileURLToPath(new URL('./measure-threads.mjs', import.meta.url));
type Measured = { readonly ms: number; readonly cpuMs: number; readonly judgeMs: number };
const measured = (path: string, workers: number): Measured =>
  JSON.parse(execFileSync(process.execPath, [measures, path, String(workers)], { encoding: 'utf8' })) as Measured;

const folder = mkdtempSync(join(tmpdir(), 'kinesis-order-threads-'));
try {
  for (const records of sizes) {
    const path = join(folder, 'history.ndjson');
    writeSynthetic(path, { records, keys: 10_000, shards: 16, batch: 100, isFollowed: true });
    const pairs = Array.from({ length: rounds }, () => ({ one: measured(path, 1), two: measured(path, 2) }));
    const of = (pick: (pair: (typeof pairs)[number]) => number): string => median(pairs.map(pick)).toFixed(0);
    process.stdout.write(
      `${records} records, ${Math.round(statSync(path).size / 1e6)} MB, ${rounds} rounds, load ${loadavg()[0]?.toFixed(1)}: ` +
        `elapsed ${of(({ one }) => one.ms)} and ${of(({ two }) => two.ms)} ms, one thread ${median(pairs.map(({ one, two }) => one.ms / two.ms)).toFixed(2)} times as long; ` +
        `processor time ${of(({ one }) => one.cpuMs)} and ${of(({ two }) => two.cpuMs)} ms; ` +
        `the thread that judges ${of(({ one }) => one.judgeMs)} and ${of(({ two }) => two.judgeMs)} ms, ${median(pairs.map(({ one, two }) => one.judgeMs / Math.max(two.judgeMs, two.cpuMs - two.judgeMs))).toFixed(2)} times as long as the longer of the two\n`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
