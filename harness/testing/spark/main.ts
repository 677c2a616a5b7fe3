import { execFileSync, spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { writeSynthetic } from '../../../bench/synthetic-history.ts';
import { checkHistory } from '../../judging/check-history.ts';
import { messageOf } from '../../lib/error.ts';
import { verdictsOfJob } from '../../spark/verdicts.ts';
import { killExecutorIn } from './kill-executor.ts';

/**
 * `npm run test:spark`: the job that `spark-sql` prints, on a cluster of two executors, one of which is killed while it
 * routes lines to parts. The verdicts have to be, byte for byte, those of one process. Needs Java 17 or newer and
 * Python 3 with venv; pyspark is installed into the cache.
 */
const { values } = parseArgs({
  options: {
    records: { type: 'string', default: '1000000' },
    master: { type: 'string', default: 'local-cluster[2,1,1024]' },
    command: { type: 'string' },
    'no-kill': { type: 'boolean', default: false },
  },
});
const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const root = here('../../..');
const command = values.command ?? `${process.execPath} ${join(root, 'dist/main.js')}`;
const cache = join(root, '.cache/spark');
const say = (text: string): boolean => process.stdout.write(`${text}\n`);

const install = (): string => {
  const python = join(cache, 'bin/python');
  mkdirSync(cache, { recursive: true });
  if (!existsSync(python)) execFileSync('python3', ['-m', 'venv', cache], { stdio: 'inherit' });
  execFileSync(python, ['-m', 'pip', 'install', '--quiet', '-r', here('requirements.txt')], { stdio: 'inherit' });
  const home = execFileSync(python, ['-c', 'import os, pyspark; print(os.path.dirname(pyspark.__file__))']);
  return home.toString().trim();
};

/** A large history with findings, one that is packed and holds, one that is cut short, one that is none. */
const writeHistories = (folder: string): readonly string[] => {
  const small = { records: 10_000, keys: 1000, shards: 8, batch: 100, isFollowed: true } as const;
  const path = (name: string): string => join(folder, name);
  writeSynthetic(path('large.ndjson'), { ...small, records: Number(values.records), keys: 10_000, isOdd: true });
  writeSynthetic(path('plain.ndjson'), { ...small, hasTroubles: true });
  writeFileSync(path('packed.ndjson.gz'), gzipSync(readFileSync(path('plain.ndjson'))));
  writeSynthetic(path('cut.ndjson'), small);
  truncateSync(path('cut.ndjson'), Math.floor(statSync(path('cut.ndjson')).size * 0.7));
  writeFileSync(path('broken.ndjson'), readFileSync(path('cut.ndjson'), 'utf8').replace('"type":"ack"', '"type":7'));
  return ['large.ndjson', 'plain.ndjson', 'packed.ndjson.gz', 'cut.ndjson', 'broken.ndjson'].map(path);
};

const judged = async (path: string): Promise<string> => {
  try {
    return JSON.stringify(await checkHistory(path));
  } catch (thrown) {
    return messageOf(thrown);
  }
};

/** Runs the job to its end; answers its exit code. */
const run = (home: string, job: string, log: string, isToBeKilled: boolean): Promise<number> =>
  new Promise((resolve, reject) => {
    const out = openSync(log, 'w');
    const args = ['--master', values.master, '--conf', 'spark.ui.enabled=false', '-f', job];
    const own = ['--conf', 'spark.sql.catalogImplementation=in-memory'];
    const child = spawn(join(home, 'bin/spark-sql'), [...own, ...args], {
      stdio: ['ignore', out, out],
      env: { ...process.env, SPARK_HOME: home, SPARK_LOCAL_IP: '127.0.0.1' },
    });
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
    const giveUp = (thrown: unknown): void => {
      child.kill('SIGKILL');
      reject(thrown);
    };
    if (isToBeKilled && child.pid !== undefined) killExecutorIn(child.pid, 'spark-step route').then(say, giveUp);
  });

const home = install();
const folder = mkdtempSync(join(tmpdir(), 'kinesis-order-test-spark-'));
let [passed, failed] = [0, 0];
try {
  const input = join(folder, 'in');
  const output = join(folder, 'out');
  mkdirSync(input);
  const paths = writeHistories(input);
  const job = join(folder, 'job.sql');
  const [program = '', ...before] = command.split(' ');
  const flags = ['--input', input, '--output', output, '--parts', '4', '--command', command];
  writeFileSync(job, execFileSync(program, [...before, 'spark-sql', ...flags]));
  const begun = performance.now();
  const log = join(folder, 'spark.log');
  const code = await run(home, job, log, !values['no-kill']);
  say(
    `${values.records} records on ${values.master}: ${((performance.now() - begun) / 1000).toFixed(0)} s, exit code ${code}`,
  );
  if (code !== 0) say(readFileSync(log, 'utf8').split('\n').slice(-60).join('\n'));
  const { histories, unjudged } = verdictsOfJob(join(output, 'verdict')) ?? { histories: [], unjudged: [] };
  for (const path of paths) {
    const ours = await judged(path);
    const own = histories.find((history) => history.path === path);
    const theirs = own === undefined ? unjudged.find((one) => one.path === path)?.error : JSON.stringify(own);
    const isSame = ours === theirs;
    if (isSame) passed += 1;
    else failed += 1;
    say(`${isSame ? 'the same' : 'ANOTHER VERDICT'}: ${path}: ${own?.verdict ?? theirs ?? 'none'}`);
    if (!isSame) say(`  one process: ${ours.slice(0, 500)}\n  Spark:       ${(theirs ?? '').slice(0, 500)}`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
