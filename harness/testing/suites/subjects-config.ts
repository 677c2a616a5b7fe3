import { defineConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';

/**
 * Consumers under test, and readers that subscribe. Each test is a run with an engine: `npm run test:subjects`, and
 * `.ci/run`.
 */
export const subjectsSuite = [
  'harness/run/subjects.test.ts',
  'harness/run/subject-acts.test.ts',
  'harness/subjects/mapping/examples.test.ts',
  'harness/run/fan-out.test.ts',
  'harness/middleware/fan-out.test.ts',
];

export default defineConfig({ ...base, test: { ...base.test, include: subjectsSuite, testTimeout: 120_000 } });
