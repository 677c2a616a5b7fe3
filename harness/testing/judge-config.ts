import { defineConfig } from 'vitest/config';
import base from '../../vitest.config.ts';

/** Test files that judge many thousands of histories, or time how judging grows: `npm run test:judge`, and `.ci/run`. */
export const judgeSuite = [
  'harness/testing/plain.test.ts',
  'harness/testing/hostile.test.ts',
  'harness/testing/scanner.test.ts',
  'harness/testing/approved/approved.test.ts',
  'harness/testing/contract/variants.test.ts',
  'harness/testing/contract/growth.test.ts',
  'harness/testing/model/model.test.ts',
  'harness/conformance/lies.test.ts',
  'harness/reduce-history.test.ts',
  'harness/two-runs.test.ts',
];

export default defineConfig({ ...base, test: { ...base.test, include: judgeSuite, testTimeout: 120_000 } });
