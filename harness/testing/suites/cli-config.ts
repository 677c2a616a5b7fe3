import { defineConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';

/**
 * The command line as processes: flags, exit codes, signals. Each test is a process. `npm run test:cli`, and
 * `.ci/run`.
 */
export const cliSuite = [
  'harness/cli/{cli,compare-command,conformance-command,ended-early,hostile-process}.test.ts',
  'harness/cli/{merge-command,nothing-judged,record-command,signals,slices}.test.ts',
  'harness/record/signals.test.ts',
  'harness/vitest.test.ts',
];

export default defineConfig({ ...base, test: { ...base.test, include: cliSuite, testTimeout: 120_000 } });
