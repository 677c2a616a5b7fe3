import type { ConsumerInput } from '../consumers/registry.ts';
import type { FaultInput } from '../faults/registry.ts';
import type { ProducerInput } from '../producers/registry.ts';
import type { ScenarioInput as ScenarioShape } from '../scenario/input.ts';
import type { ActInput } from '../subjects/acts/registry.ts';
import type { SubjectInput } from '../subjects/registry.ts';
import type { PartitionKeyInput, PayloadInput } from '../workload/registry.ts';

/** A scenario as the user writes it, with the variants of the registries. */
export type ScenarioInput = ScenarioShape<{
  readonly payload: PayloadInput;
  readonly partitionKey: PartitionKeyInput;
  readonly producer: ProducerInput;
  readonly consumer: ConsumerInput | SubjectInput;
  readonly fault: FaultInput | ActInput;
}>;

/** Gives a scenario file types and completion. It validates nothing: the loader does, and names the file. */
export const defineScenario = (scenario: ScenarioInput): ScenarioInput => scenario;
