import { adversary } from '../../faults/adversary.ts';
import { endSubscription, tenMibPause } from '../../faults/builders.ts';
import { bytes, getRecords, mergeShards, putRecord, putRecords, splitShard, subscribeToShard } from '../../index.ts';
import type { ScenarioInput } from '../../session/define-scenario.ts';

type Scene = Omit<ScenarioInput, 'name' | 'why'>;

const serial = { retry: 'resend', attempts: 100 } as const;
const chained = { ...serial, sequenceNumberForOrdering: true } as const;
const faults = [adversary({ intensity: 0.15 })];

/**
 * A client that keeps order: serial PutRecord with SequenceNumberForOrdering, each put repeated until it is
 * acknowledged, readers parents first. 200 records.
 */
export const orderKeeping: Scene = {
  stream: { shards: 2 },
  workload: { keys: 8, recordsPerKey: 25 },
  producers: [putRecord(chained)],
  consumers: [getRecords({ name: 'reader', limit: 10, pollMs: 20 })],
  faults,
};

/**
 * Three such clients at once, and one that puts batches, two in flight. AWS promises no order for the batches, but
 * only they can meet failed entries and swapped calls. 216 records of the first three, 72 of the other.
 */
export const severalClients: Scene = {
  ...orderKeeping,
  workload: { keys: 4, recordsPerKey: 18 },
  producers: [
    ...['a', 'b', 'c'].map((name) => putRecord({ name, ...chained })),
    putRecords({ name: 'batches', batch: 6, inFlight: 2, retry: 'failed-entries', attempts: 100 }),
  ],
};

/** Over splits and a merge, without SequenceNumberForOrdering: kinesalite refuses a number of the parent shard. */
export const overReshards: Scene = {
  ...severalClients,
  producers: ['a', 'b', 'c'].map((name) => putRecord({ name, ...serial })),
  reshard: [splitShard({ afterAcked: 40 }), splitShard({ afterAcked: 80, shard: 1 }), mergeShards({ afterAcked: 120 })],
};

/** With SequenceNumberForOrdering over a split, and a subscription beside GetRecords. */
export const overSplitAndSubscribed: Scene = {
  ...severalClients,
  consumers: [getRecords({ name: 'reader', limit: 10, pollMs: 20 }), subscribeToShard({ name: 'pushed' })],
  reshard: [splitShard({ afterAcked: 80 })],
};

/**
 * The same, and the first subscription ends with its first event. Faults end with the load, perhaps before a second
 * one.
 */
export const overEndedSubscription: Scene = {
  ...overSplitAndSubscribed,
  faults: [...faults, endSubscription({ reader: 'pushed', read: 1, events: 0 })],
};

/**
 * A page of at least 10 MiB, read from the beginning of a shard while half a second of load remains. Faults end with
 * the load, and the pause must fire before.
 */
export const fullPages: Scene = {
  ...orderKeeping,
  stream: { shards: 1 },
  producers: [putRecord({ ...chained, rate: 200 })],
  workload: { keys: 8, recordsPerKey: 50, payload: bytes(36_000) },
  consumers: [getRecords({ name: 'reader', startAfterAcked: 300, pollMs: 20 })],
  faults: [...faults, tenMibPause({ reader: 'reader' })],
};
