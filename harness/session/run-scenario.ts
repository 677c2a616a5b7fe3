import type { ScenarioInput } from './define-scenario.ts';
import type { RunScenarioOptions, ScenarioVerdict } from './run-types.ts';

/**
 * Runs one scenario, or the scenario of a file, and judges it, inside any test runner. It starts the engine and stops
 * it. Resolves whatever the verdict is. Rejects with HarnessError if there is nothing to judge.
 */
export const run = async (
  scenario: ScenarioInput | string,
  options: RunScenarioOptions = {},
): Promise<ScenarioVerdict> => (await import('./run-once.ts')).runOnce(scenario, options);
