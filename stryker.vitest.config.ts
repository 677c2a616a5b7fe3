import { defineConfig } from 'vitest/config';

/** The tests that a mutation of the judge can fail: no engine, no process, a few seconds, and few files, since each is loaded anew for each mutant. */
export default defineConfig({
  test: {
    include: ['harness/testing/approved/*.test.ts', 'harness/model/**/*.test.ts', 'harness/checks/**/*.test.ts'],
    testTimeout: 60_000,
  },
});
