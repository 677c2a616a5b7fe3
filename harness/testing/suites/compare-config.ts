import { defineConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';

/** Measures at a server whose times are known. Takes minutes. `npm run test:compare`, and `.ci/run`. */
export const compareSuite = ['harness/compare/open-loop.test.ts'];

export default defineConfig({
  ...base,
  test: { ...base.test, include: compareSuite, testTimeout: 300_000, maxWorkers: 1 },
});
