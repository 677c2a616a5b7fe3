import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';
import { adversarySuite } from './adversary-config.ts';
import { judgeSuite } from './judge-config.ts';
import { subjectsSuite } from './subjects-config.ts';

/**
 * `npm test`: all but the suites of the judge, of faults and of consumers under test, so that it ends within three
 * minutes on two cores.
 */
const elsewhere = [...judgeSuite, ...adversarySuite, ...subjectsSuite];

export default mergeConfig(base, defineConfig({ test: { exclude: elsewhere } }));
