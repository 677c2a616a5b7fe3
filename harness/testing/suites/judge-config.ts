import { defineConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';

/**
 * Test files that judge many thousands of histories, or measure how the time of judging grows: `npm run test:judge`,
 * and `.ci/run`.
 */
export const judgeSuite = [
  'harness/testing/oracles/streaming.test.ts',
  'harness/testing/oracles/spill.test.ts',
  'harness/testing/oracles/consumers.test.ts',
  'harness/testing/oracles/identities.test.ts',
  'harness/testing/oracles/hostile.test.ts',
  'harness/testing/oracles/scanner.test.ts',
  'harness/testing/oracles/corners.test.ts',
  'harness/testing/oracles/in-parts.test.ts',
  'harness/testing/oracles/in-spark.test.ts',
  'harness/testing/oracles/slices.test.ts',
  'harness/testing/oracles/two-threads.test.ts',
  'harness/testing/oracles/agree.test.ts',
  'harness/testing/oracles/differential.test.ts',
  'harness/testing/oracles/laws.test.ts',
  'harness/testing/generators/clean-history.test.ts',
  'harness/testing/suites/kill.test.ts',
  'harness/testing/cases/audits.test.ts',
  'harness/testing/pins/approved/approved.test.ts',
  'harness/testing/cases/contract/variants.test.ts',
  'harness/testing/cases/contract/growth.test.ts',
  'harness/testing/model-based/model.test.ts',
  'harness/conformance/lies.test.ts',
  'harness/judging/reduce-history.test.ts',
  'harness/cli/two-runs.test.ts',
];

export default defineConfig({ ...base, test: { ...base.test, include: judgeSuite, testTimeout: 120_000 } });
