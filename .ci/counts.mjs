// Passed and failed of a Vitest JSON report. No report, or no test, is a failure.
import { readFileSync } from 'node:fs';

let passed = 0;
let failed = 1;
try {
  const report = JSON.parse(readFileSync(process.argv[2], 'utf8'));
  passed = report.numPassedTests;
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.length === 0,
  ).length;
  failed = report.numFailedTests + broken + (report.numTotalTests === 0 ? 1 : 0);
} catch (error) {
  console.error(`no test report: ${error.message}`);
}
console.log(`${passed} ${failed}`);
