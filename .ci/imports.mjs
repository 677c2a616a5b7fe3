// Checks the import table. dependency-cruiser reports success if it sees no module, so this asserts that it saw some.
import { execFileSync } from 'node:child_process';

const run = (type) => {
  try {
    return execFileSync('npx', ['depcruise', 'harness', '--config', '.dependency-cruiser.cjs', '--output-type', type], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    });
  } catch (failure) {
    return failure.stdout;
  }
};
const { summary } = JSON.parse(run('json'));
for (const { from, to, rule } of summary.violations) console.error(`${rule.name}: ${from} → ${to}`);
console.log(`imports: ${summary.totalCruised} modules, ${summary.violations.length} violations`);
process.exit(summary.totalCruised > 50 && summary.violations.length === 0 ? 0 : 1);
