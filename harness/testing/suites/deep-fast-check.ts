import * as real from 'fast-check';
import { deepRuns, deepSeed, logLaw } from '../generators/runs.ts';

/**
 * fast-check as the deep test sees it: a property is tried at least so many times, whatever it says of itself, by the
 * seed that was given, and each is told with its number, seed and time.
 */
export * from 'fast-check';

real.configureGlobal(deepSeed());

export const assert = async <Ts>(property: real.IRawProperty<Ts>, params: real.Parameters<Ts> = {}): Promise<void> => {
  // @fast-check/vitest runs a plain test as a property of one run: it is no law, and once is enough.
  if (params.numRuns === 1) return real.assert(property, params);
  const numRuns = Math.max(params.numRuns ?? 0, deepRuns());
  const began = performance.now();
  await real.assert(property, { ...deepSeed(), ...params, numRuns });
  logLaw({ runs: numRuns, ms: performance.now() - began });
};

export default { ...real.default, assert };
