import * as real from 'fast-check';
import { deepRuns, deepSeed, logLaw } from '../generators/runs.ts';

/**
 * fast-check in the deep test: a property is tried at least as often as was asked, whatever it says, by the given
 * seed. Each is logged with its number of runs and its time.
 */
export * from 'fast-check';

real.configureGlobal(deepSeed());

export const assert = async <Ts>(property: real.IRawProperty<Ts>, params: real.Parameters<Ts> = {}): Promise<void> => {
  // @fast-check/vitest runs a plain test as a property of one run, which is enough.
  if (params.numRuns === 1) return real.assert(property, params);
  const numRuns = Math.max(params.numRuns ?? 0, deepRuns());
  const began = performance.now();
  await real.assert(property, { ...deepSeed(), ...params, numRuns });
  logLaw({ runs: numRuns, ms: performance.now() - began });
};

export default { ...real.default, assert };
