import { consumers } from '../consumers/registry.ts';
import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { holdsKeyOf, type Slice } from '../model/slice.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import { keysOf, plannedRecords } from './produce.ts';

/** Throws HarnessError('usage') for a scenario that cannot run in slices, before anything is created. */
export const assertSliceable = (scenario: ResolvedScenario): void => {
  const why = notSliceable(scenario);
  if (why !== undefined)
    throw new HarnessError('usage', `${scenario.name}: ${why}`, { hint: 'run this scenario without --shard' });
};

const notSliceable = ({ workload, producers, consumers: readers, stream }: ResolvedScenario): string | undefined => {
  if (workload.explicitHashKey !== undefined)
    return 'workload.explicitHashKey: a slice holds the keys whose own hash lies in it';
  if (stream.template !== undefined) return 'stream.template: only the slice that deploys it knows its stream';
  const program = producers.findIndex(({ type, records }) => type === 'command' && records !== 'stdin');
  if (program >= 0) return `producers[${program}]: a program with records of its own has them in every slice`;
  const scripted = producers.findIndex(({ type }) => type === 'scripted');
  if (scripted >= 0) return `producers[${scripted}]: a script has its calls in every slice`;
  const other = readers.findIndex(({ type }) => !isKeyOf(consumers, type));
  if (other >= 0) return `consumers[${other}]: a consumer under test has the whole stream to handle`;
  const fan = readers.findIndex(({ type }) => type === 'subscribeToShard');
  if (fan >= 0) return `consumers[${fan}]: a stream takes one consumer of a name`;
  return undefined;
};

/** The number of records of the workload that belong to this slice; without a slice, all. */
export const plannedOf = (scenario: ResolvedScenario, slice: Slice | undefined): number => {
  if (slice === undefined) return plannedRecords(scenario);
  const isOwn = holdsKeyOf(slice);
  const known = new Map<string, boolean>();
  let planned = 0;
  for (const { name, ...producer } of scenario.producers)
    for (const key of keysOf(scenario, name, (producer as { keys?: unknown }).keys === 'shared')) {
      const held = known.get(key) ?? isOwn(key);
      known.set(key, held);
      if (held) planned += 1;
    }
  return planned;
};

/**
 * The scenario as a slice runs it. Slice 1 reshards when it has acknowledged its share of `afterAcked`; the others do
 * not reshard.
 */
export const slicedScenario = (scenario: ResolvedScenario, slice: Slice | undefined): ResolvedScenario => {
  if (slice === undefined) return scenario;
  if (slice.index > 1) return { ...scenario, reshard: [] };
  const share = plannedOf(scenario, slice) / Math.max(1, plannedRecords(scenario));
  const reshard = scenario.reshard.map((plan) => ({ ...plan, afterAcked: Math.floor(plan.afterAcked * share) }));
  return { ...scenario, reshard };
};

/** The key of a sentinel contains its slice. */
export const markerKeyOf = (shard: string, slice: Slice | undefined): string =>
  slice === undefined ? `sentinel-${shard}` : `sentinel-${shard}-slice-${slice.index}`;
