/**
 * The builders of all consumers; the registry has each by its type. To add a consumer, add its file and a line here.
 */
export { getRecords } from './get-records.ts';
export { subscribeToShard } from './subscribe-to-shard.ts';
