// Prints passed and failed tests of a Vitest JSON report, then a line for each failed test. Without a report, or
// without a test, it prints a failure.
import { readFileSync } from 'node:fs';

const path = process.argv[2];
let passed = 0;
let failed = 1;
const names = [];
const firstLine = (text = '') => text.split('\n')[0];
try {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed = report.numPassedTests;
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  failed = report.numFailedTests + broken.length + (report.numTotalTests === 0 ? 1 : 0);
  const fileOf = (file) => file.name.replace(`${process.cwd()}/`, '');
  for (const file of broken) names.push(`${fileOf(file)}: ${firstLine(file.message)}`);
  for (const file of report.testResults)
    for (const one of file.assertionResults)
      if (one.status === 'failed')
        names.push(`${fileOf(file)} > ${one.fullName}: ${firstLine(one.failureMessages[0])}`);
} catch (error) {
  names.push(`${path}: no test report: ${error.message}`);
}
console.log([`${passed} ${failed}`, ...names].join('\n'));
