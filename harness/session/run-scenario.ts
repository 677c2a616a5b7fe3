import type { ScenarioInput } from './define-scenario.ts';
import type { RunScenarioOptions, ScenarioVerdict } from './run-types.ts';

/**
 * One scenario, given itself or by its file, from an engine that is started to an engine that is stopped: for a test
 * in any test runner. Answers whatever the verdict is; throws HarnessError only where nothing can be judged. The
 * engine and the SDK are loaded when it is called.
 */
export const run = async (
  scenario: ScenarioInput | string,
  options: RunScenarioOptions = {},
): Promise<ScenarioVerdict> => (await import('./run-once.ts')).runOnce(scenario, options);
