import { defineConfig } from 'vitest/config';

/** The tests that a mutation of the judge can fail: no engine, no process, a few seconds. */
export default defineConfig({
  test: {
    include: [
      'harness/model/**/*.test.ts',
      'harness/checks/**/*.test.ts',
      'harness/check-history.test.ts',
      'harness/testing/{golden,kill}.test.ts',
    ],
    testTimeout: 60_000,
  },
});
