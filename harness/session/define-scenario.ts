import type { FaultInput } from '../faults/registry.ts';
import type { ActInput, ScenarioInput as ScenarioShape } from '../scenario/input.ts';

/** A scenario as a person writes it, with the faults of the registry. */
export type ScenarioInput = ScenarioShape<FaultInput | ActInput>;

/** Types and completion for a scenario file. Nothing is checked here: the loader does that, and names the file. */
export const defineScenario = (scenario: ScenarioInput): ScenarioInput => scenario;
