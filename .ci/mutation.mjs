// Mutation testing of the judge: `npm run mutation [-- --mutate harness/checks/catalogue/lost-write.ts]`. Stryker is
// large and used by hand, so it is not a dependency. If it is missing, it is installed in the version that works on
// Node 20, and the lock file stays as it is.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const version = '9.6.1';
const packages = ['@stryker-mutator/core', '@stryker-mutator/api'];
if (!packages.every((name) => existsSync(`node_modules/${name}`))) {
  const exact = packages.map((name) => `${name}@${version}`);
  console.log(`installing ${exact.join(' and ')}, without saving`);
  execFileSync(
    'npm',
    ['install', '--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund', ...exact],
    { stdio: 'inherit' },
  );
}
// Marks tell a mutant from the original by anything that the judge says. They must be written from the current
// sources.
execFileSync('npx', ['tsx', 'harness/testing/marks/write-marks.ts'], { stdio: 'inherit' });
// Stryker keeps every mutant with the tests that cover it: 19,000 of them took more than 4 GB.
const memory = [process.env.NODE_OPTIONS, '--max-old-space-size=8000'].filter(Boolean).join(' ');
const env = { ...process.env, NODE_OPTIONS: memory };
const { status } = spawnSync('npx', ['stryker', 'run', ...process.argv.slice(2)], { stdio: 'inherit', env });
process.exitCode = status ?? 1;
