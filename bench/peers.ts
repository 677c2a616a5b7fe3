import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeHotKey } from './hot-key-history.ts';
import { median } from './median.ts';
import { writeSynthetic } from './synthetic-history.ts';

/**
 * Compares with other tools: five questions as SQL on DuckDB over the same file, and porcupine over the puts of one
 * key. Needs Python 3 with venv and Go. Both tools are installed into the cache, DuckDB by
 * bench/peers/requirements.txt, porcupine by its go.sum. Run `npm run build` first.
 */
const rounds = Number(process.argv[2] ?? 3);
const porcupineSeconds = 60;
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const cache = here('../.cache/peers');

type Measured = {
  readonly ms: number;
  readonly rssMb: number;
  readonly answers?: Readonly<Record<string, number>>;
  readonly answer?: string;
};
const asked = (command: string, args: readonly string[]): Measured =>
  JSON.parse(execFileSync(command, args, { encoding: 'utf8', maxBuffer: 1 << 24 })) as Measured;
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

const install = (): { readonly python: string; readonly porcupine: string } => {
  const python = join(cache, 'bin', 'python');
  const porcupine = join(cache, 'porcupine');
  try {
    if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', cache], { stdio: 'inherit' });
    execFileSync(python, ['-m', 'pip', 'install', '--quiet', '-r', here('peers/requirements.txt')], {
      stdio: 'inherit',
    });
    execFileSync('go', ['build', '-o', porcupine, '.'], { cwd: here('peers/porcupine'), stdio: 'inherit' });
  } catch (thrown) {
    throw new Error('bench:peers needs python3 with venv and pip, go, and their package registries', { cause: thrown });
  }
  return { python, porcupine };
};

const check = (path: string): Measured => asked(process.execPath, [here('measure-check.mjs'), 'check', path, 'holds']);

const besideDuckDb = (python: string, path: string): void => {
  writeSynthetic(path, { records: 1_000_000, keys: 10_000, shards: 16, batch: 100, isFollowed: false });
  const pairs = Array.from({ length: rounds }, () => ({
    ours: check(path),
    one: asked(python, [here('peers/questions.py'), path, '1']),
    two: asked(python, [here('peers/questions.py'), path, '2']),
  }));
  const of = (pick: (pair: (typeof pairs)[number]) => Measured): string =>
    `${(median(pairs.map((pair) => pick(pair).ms)) / 1000).toFixed(1)} s, ${Math.max(...pairs.map((pair) => pick(pair).rssMb))} MB`;
  say(`1,000,000 records in batches of 100, 10,000 keys, 16 shards, ${rounds} rounds in turn:`);
  say(`  check, 45 claims           ${of(({ ours }) => ours)}`);
  say(`  DuckDB, 5 questions, 1 thread   ${of(({ one }) => one)}`);
  say(`  DuckDB, 5 questions, 2 threads  ${of(({ two }) => two)}`);
  say(
    `  DuckDB 1 thread / check, median of ratios: ${median(pairs.map(({ ours, one }) => one.ms / ours.ms)).toFixed(2)}; its answers: ${JSON.stringify(pairs[0]?.one.answers)}`,
  );
};

const besidePorcupine = (porcupine: string, path: string, records: number): void => {
  writeHotKey(path, { records, inFlight: 32, unknownPercent: 5 });
  const ours = check(path);
  const theirs = asked(porcupine, [path, String(porcupineSeconds)]);
  say(`one key, ${records} records, 32 puts in flight, 5 % of unknown outcome:`);
  say(`  check      ${(ours.ms / 1000).toFixed(2)} s, ${ours.rssMb} MB: holds`);
  say(
    `  porcupine  ${(theirs.ms / 1000).toFixed(2)} s, ${theirs.rssMb} MB: ${theirs.answer ?? ''}${theirs.answer === 'Unknown' ? ` (given up after ${porcupineSeconds} s)` : ''}`,
  );
};

const folder = mkdtempSync(join(tmpdir(), 'kinesis-order-peers-'));
try {
  const { python, porcupine } = install();
  const path = join(folder, 'history.ndjson');
  besideDuckDb(python, path);
  for (const records of [100, 1_000, 250_000]) besidePorcupine(porcupine, path, records);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
