import { defineConfig } from 'vitest/config';
import base from '../../../vitest.config.ts';

/**
 * Faults on live engines: each legal one over every protocol, each lie with the claim that must find it, and the
 * adversary with clients that keep order and clients that do not. `npm run test:adversary`, and `.ci/run`.
 */
export const adversarySuite = [
  'harness/gateway/legal-faults-by-protocol.test.ts',
  'harness/testing/adversary/**/*.test.ts',
];

export default defineConfig({ ...base, test: { ...base.test, include: adversarySuite, testTimeout: 120_000 } });
