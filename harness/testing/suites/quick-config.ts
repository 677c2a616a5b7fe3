import { defineConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';
import { adversarySuite } from './adversary-config.ts';
import { cliSuite } from './cli-config.ts';
import { compareSuite } from './compare-config.ts';
import { judgeSuite } from './judge-config.ts';
import { misbehavingSuite } from './misbehaving-config.ts';
import { subjectsSuite } from './subjects-config.ts';

/** Tests of other suites. Without them, `npm test` ends within three minutes on two cores. */
const elsewhere = [
  ...(base.test?.exclude ?? []),
  ...judgeSuite,
  ...adversarySuite,
  ...subjectsSuite,
  ...cliSuite,
  ...misbehavingSuite,
  ...compareSuite,
];

/** Files that change the process (its environment, folder, streams or timers). Each has its own process. */
const alone = [
  'harness/cli/{console,deadlines,record-adversary,template-command}.test.ts',
  'harness/importers/production-bug.test.ts',
  'harness/kinesis/aws-access.test.ts',
  'harness/producers/{put-records-laws,batcher}.test.ts',
  'harness/session/run-scenario.test.ts',
  'harness/subjects/consumer-lines.test.ts',
  'harness/targets/{kinesis-local,run-installer}.test.ts',
];

const project = (name: string, more: object): object => ({ ...base, test: { ...base.test, name, ...more } });

/** All other files leave nothing behind, and share loaded modules: loading was half of the time. */
export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project('shared', { exclude: [...elsewhere, ...alone], isolate: false }),
      project('alone', { include: alone, exclude: elsewhere }),
    ],
  },
});
