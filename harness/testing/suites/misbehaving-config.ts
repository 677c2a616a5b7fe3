import { defineConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';

/**
 * Engines that misbehave, each kind with the command line as a process: it must end within its deadline, with exit
 * code 3 or 4, and name the call. The tests mostly wait for deadlines, so many run at once. `npm run
 * test:misbehaving`, and `.ci/run`.
 */
export const misbehavingSuite = ['harness/testing/misbehaving/**/*.test.ts'];

export default defineConfig({
  ...base,
  test: { ...base.test, include: misbehavingSuite, testTimeout: 120_000, maxConcurrency: 4, maxWorkers: 3 },
});
