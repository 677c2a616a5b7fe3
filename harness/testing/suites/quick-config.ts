import { defineConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';
import { adversarySuite } from './adversary-config.ts';
import { cliSuite } from './cli-config.ts';
import { judgeSuite } from './judge-config.ts';
import { subjectsSuite } from './subjects-config.ts';

/** What has a suite of its own: `npm test` ends within three minutes on two cores. */
const elsewhere = [...(base.test?.exclude ?? []), ...judgeSuite, ...adversarySuite, ...subjectsSuite, ...cliSuite];

/** Pure functions of a history: nothing is left behind, so test files share what they load. */
const pure = [
  'checks',
  'history',
  'model',
  'workload',
  'headroom',
  'witness',
  'report',
  'testing/{cases,generators,pins}',
];
const pureFiles = pure.map((folder) => `harness/${folder}/**/*.test.ts`);

const project = (name: string, more: object): object => ({ ...base, test: { ...base.test, name, ...more } });

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      project('pure', { include: pureFiles, exclude: elsewhere, isolate: false }),
      project('engines and files', { exclude: [...elsewhere, ...pureFiles] }),
    ],
  },
});
