import type { Variant } from '../scenario/resolved.ts';

/** One way to write: a name for its row, and the producer that writes in it. */
export type Arm = { readonly name: string; readonly what: string; readonly producer: Variant };

const again = { retry: 'resend' } as const;
const failed = { retry: 'failed-entries' } as const;
const packedFor = (maxBufferedMs: number): Variant => ({ type: 'putRecordsAggregated', maxBufferedMs, ...failed });

/** The arms that are compared by default. A new arm needs one entry here. */
export const arms = {
  'put-record': { what: 'PutRecord, serial', producer: { type: 'putRecord', ...again } },
  'put-record-snfo': {
    what: 'PutRecord, serial, with SequenceNumberForOrdering',
    producer: { type: 'putRecord', sequenceNumberForOrdering: true, ...again },
  },
  'put-record-50': { what: 'PutRecord, 50 in flight', producer: { type: 'putRecord', inFlight: 50, ...again } },
  'put-records-10': { what: 'PutRecords, 10 records a call', producer: { type: 'putRecords', batch: 10, ...failed } },
  'put-records-100': {
    what: 'PutRecords, 100 records a call',
    producer: { type: 'putRecords', batch: 100, ...failed },
  },
  'aggregated-100': { what: 'aggregated, RecordMaxBufferedTime 100 ms', producer: packedFor(100) },
} as const satisfies Record<string, Omit<Arm, 'name'>>;

export const builtInArms: readonly Arm[] = Object.entries(arms).map(([name, arm]) => ({ name, ...arm }));

/**
 * Buffered times of the packing curve, in milliseconds. 0 stands for `leastMs`, with which every record is sent alone.
 */
export const packingMs = [0, 10, 50, 100, 200, 500, 1000] as const;
const leastMs = 0.001;

export const packingArm = (ms: (typeof packingMs)[number]): Arm => ({
  name: `packing-${ms}`,
  what: `aggregated, RecordMaxBufferedTime ${ms.toLocaleString('en-US')} ms`,
  producer: packedFor(Math.max(leastMs, ms)),
});
