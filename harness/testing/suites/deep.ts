import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { globSync } from 'tinyglobby';
import { freshSeed } from '../../lib/random.ts';
import type { LoggedLaw } from '../generators/runs.ts';

/**
 * `npm run test:deep -- [--runs 10000] [--seed N] [test files…]`: every test file with a property, each property tried
 * `--runs` times. Exits with the tests' own code, or with 1 if a law was tried less often.
 */
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { runs: { type: 'string', default: '10000' }, seed: { type: 'string', default: freshSeed() } },
});
const { runs, seed } = values;
if (!/^[1-9]\d*$/.test(runs) || !/^-?\d{1,10}$/.test(seed)) {
  process.stderr.write(`test:deep: --runs and --seed are whole numbers, got ${runs} and ${seed}\n`);
  process.exit(2);
}
const holdsLaws = (file: string): boolean =>
  /fast-check|sampled\(|Laws\(|checkEngine\(/.test(readFileSync(file, 'utf8'));
const wanted = positionals.length > 0 ? positionals : globSync('harness/**/*.test.ts').filter(holdsLaws).sort();
const log = '.cache/deep.ndjson';
mkdirSync('.cache', { recursive: true });
writeFileSync(log, '');
process.stdout.write(`test:deep: ${wanted.length} files, ${runs} runs a law, seed ${seed}\n`);
const config = 'harness/testing/suites/deep-config.ts';
const { status } = spawnSync('npx', ['vitest', 'run', '--config', config, ...wanted], {
  stdio: 'inherit',
  env: {
    ...process.env,
    KINESIS_ORDER_DEEP_RUNS: runs,
    KINESIS_ORDER_DEEP_SEED: seed,
    KINESIS_ORDER_DEEP_LOG: log,
  },
});
const laws = readFileSync(log, 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as LoggedLaw);
for (const law of laws)
  process.stdout.write(
    `${String(law.runs).padStart(7)} runs ${(law.ms / 1000).toFixed(1).padStart(7)} s  ${law.test}\n`,
  );
process.stdout.write(
  `test:deep: ${laws.length} laws held, seed ${seed}; again with: npm run test:deep -- --seed ${seed}\n`,
);
process.exitCode = laws.length === 0 ? 1 : (status ?? 1);
