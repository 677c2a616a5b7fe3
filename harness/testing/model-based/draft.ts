import fc from 'fast-check';
import type { ConsumerInput } from '../../consumers/registry.ts';
import type { FaultInput } from '../../faults/registry.ts';
import type { ReshardInput } from '../../scenario/reshard.ts';
import type { ScenarioInput } from '../../session/define-scenario.ts';
import type { PayloadInput } from '../../workload/registry.ts';

/**
 * A scenario that commands write: what fails is a file at once, and the file is what failed. The first record is put
 * before any command, so that there is something to judge.
 */
export type Draft = {
  readonly calls: number[];
  readonly reshard: ReshardInput[];
  readonly consumers: ConsumerInput[];
};
export const emptyDraft = (): Draft => ({ calls: [1], reshard: [], consumers: [] });

/** What the engine must agree with, whatever it does on the way. */
export type Model = { acked: number; open: number; reshards: number; readers: number };
export const modelOf = ({ shards }: Setup): Model => ({ acked: 1, open: shards, reshards: 0, readers: 0 });

export type Setup = {
  readonly shards: number;
  readonly keys: number;
  readonly isHot: boolean;
  readonly payload: PayloadInput;
  readonly seed: number;
};

export const setupArbitrary: fc.Arbitrary<Setup> = fc.record({
  shards: fc.integer({ min: 1, max: 3 }),
  keys: fc.constantFrom(1, 2, 5, 30),
  isHot: fc.boolean(),
  payload: fc.constantFrom<PayloadInput>(
    { type: 'bytes', size: 200 },
    { type: 'taxiRide' },
    { type: 'bytes', size: 5000 },
  ),
  seed: fc.nat({ max: 99_999 }),
});

export type ScenarioOptions = { readonly name: string; readonly why: string; readonly faults?: readonly FaultInput[] };

export const scenarioOf = (
  { shards, keys, isHot, payload }: Setup,
  { calls, reshard, consumers }: Draft,
  { name, why, faults = [] }: ScenarioOptions,
): ScenarioInput => {
  const records = calls.reduce((sum, size) => sum + size, 0);
  return {
    name,
    why,
    stream: { shards },
    // One round more than is written: a reshard may stand behind the last record.
    workload: {
      keys,
      recordsPerKey: Math.ceil((records + 1) / keys),
      payload,
      partitionKey: isHot ? { type: 'hot' } : { type: 'even' },
    },
    producers: [{ type: 'scripted', calls }],
    consumers,
    reshard,
    faults,
    budget: { drainMs: 8000 },
  };
};
