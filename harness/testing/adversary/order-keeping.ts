import { adversary } from '../../faults/adversary.ts';
import { getRecords, putRecord, splitShard } from '../../index.ts';
import type { ScenarioInput } from '../../session/define-scenario.ts';

type Scene = Omit<ScenarioInput, 'name' | 'why'>;

/**
 * A client that keeps order: serial PutRecord with SequenceNumberForOrdering, each put repeated until it is
 * acknowledged, readers parents first. 200 records.
 */
export const orderKeeping: Scene = {
  stream: { shards: 2 },
  workload: { keys: 8, recordsPerKey: 25 },
  producers: [putRecord({ sequenceNumberForOrdering: true, retry: 'resend', attempts: 100 })],
  consumers: [getRecords({ name: 'reader', limit: 10, pollMs: 5 })],
  faults: [adversary({ intensity: 0.15 })],
};

/** The same over a split: for engines that take a number of the parent shard for SequenceNumberForOrdering. */
export const orderKeepingOverSplit: Scene = { ...orderKeeping, reshard: [splitShard({ afterAcked: 80 })] };
