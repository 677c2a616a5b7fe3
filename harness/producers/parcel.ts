import type { PutRecordInput } from '../model/put-fits.ts';
import type { Outgoing } from '../workload/workload.ts';

/** One Kinesis record on its way: a record of the application, or an aggregate of several, with the attempts it has behind it. */
export type Parcel = PutRecordInput & {
  /** In the order of their sub index. */
  readonly users: readonly Outgoing[];
  readonly isAggregated: boolean;
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

/** Where parcels come from, one at a time; `atMs` is when it is handed over, on the producer's own time line. */
export type ParcelSource = () => { readonly parcel: Parcel; readonly atMs: number } | undefined;
