import { defineConfig, mergeConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';
import { judgeSuite } from './judge-config.ts';

/** `npm test`: all but the suite of the judge, so that it ends within three minutes on two cores. */
export default mergeConfig(base, defineConfig({ test: { exclude: judgeSuite } }));
