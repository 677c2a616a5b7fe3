/**
 * AWS bills writes to provisioned streams by the chunk of 25 KB of each record: 5 KB is one unit, 45 KB are two, 1 MB
 * is 40 (AWS pricing page). PutRecords saves calls, never units; only aggregation saves units. The key and the framing
 * of an aggregate are not counted: a history does not have the framing, and AWS does not document whether keys count.
 */
const unitBytes = 25_000;

export const unitsOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / unitBytes));

/** On-demand streams bill the data, each record rounded up to the next KB (AWS pricing page). */
const onDemandBytes = 1024;

export const onDemandKbOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / onDemandBytes));
