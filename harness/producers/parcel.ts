import type { Outgoing } from '../workload/workload.ts';
import type { Carrier } from './producer.ts';

/**
 * One Kinesis record on its way: a record of the application, or an aggregate of several, with the attempts it has
 * behind it.
 */
export type Parcel = Carrier & {
  /** From 1. */
  readonly attempt: number;
  /** Of the attempt before; below 0 where there is none. */
  readonly op: number;
};

export const plainParcel = (record: Outgoing): Parcel => {
  const { key, data, hash } = record;
  const parcel = { key, data, users: [record], isAggregated: false, attempt: 1, op: -1 };
  return hash === undefined ? parcel : { ...parcel, hash };
};

/** A parcel that comes at `atMs` of the producer's own time line; the oldest record in it came at `sinceMs`. */
export type Arrival = { readonly parcel: Parcel; readonly atMs: number; readonly sinceMs: number };

/** Where parcels come from, one at a time. */
export type ParcelSource = () => Arrival | undefined;
