import type { Outgoing } from '../workload/workload.ts';
import type { Carrier } from './producer.ts';

/** One Kinesis record to send, with its attempts so far: a record of the application, or an aggregate of several. */
export type Parcel = Carrier & {
  /** The number of this attempt, from 1. */
  readonly attempt: number;
  /** The op of the attempt before; below 0 if there was none. */
  readonly op: number;
};

export const plainParcel = (record: Outgoing): Parcel => {
  const { key, data, hash } = record;
  const parcel = { key, data, users: [record], isAggregated: false, attempt: 1, op: -1 };
  return hash === undefined ? parcel : { ...parcel, hash };
};

/** A parcel that comes at `atMs` on the producer's time line. Its oldest record came at `sinceMs`. */
export type Arrival = { readonly parcel: Parcel; readonly atMs: number; readonly sinceMs: number };

/** Returns the next parcel; undefined if there is none. */
export type ParcelSource = () => Arrival | undefined;
