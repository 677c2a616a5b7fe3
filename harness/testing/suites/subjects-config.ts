import { defineConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';

/**
 * Consumers under test, each a run of its own with an engine and a program: `npm run test:subjects`, and `.ci/run`.
 */
export const subjectsSuite = [
  'harness/run/subjects.test.ts',
  'harness/run/subject-acts.test.ts',
  'harness/subjects/mapping/examples.test.ts',
];

export default defineConfig({ ...base, test: { ...base.test, include: subjectsSuite, testTimeout: 120_000 } });
