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
const { status } = spawnSync('npx', ['stryker', 'run', ...process.argv.slice(2)], { stdio: 'inherit' });
process.exitCode = status ?? 1;
