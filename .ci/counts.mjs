// Passed and failed of a Vitest JSON report; with --failed, the names of what failed. No report, or no test: a failure.
import { readFileSync } from 'node:fs';

const isNames = process.argv[2] === '--failed';
const path = process.argv[isNames ? 3 : 2];
let passed = 0;
let failed = 1;
const names = [];
try {
  const report = JSON.parse(readFileSync(path, 'utf8'));
  passed = report.numPassedTests;
  const broken = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);
  failed = report.numFailedTests + broken.length + (report.numTotalTests === 0 ? 1 : 0);
  const fileOf = (file) => file.name.replace(`${process.cwd()}/`, '');
  for (const file of broken) names.push(`${fileOf(file)}: ${file.message.split('\n')[0]}`);
  for (const file of report.testResults)
    for (const one of file.assertionResults)
      if (one.status === 'failed')
        names.push(`${fileOf(file)} > ${one.fullName}: ${(one.failureMessages[0] ?? '').split('\n')[0]}`);
} catch (error) {
  names.push(`${path}: no test report: ${error.message}`);
  if (!isNames) console.error(`no test report: ${error.message}`);
}
console.log(isNames ? names.join('\n') : `${passed} ${failed}`);
