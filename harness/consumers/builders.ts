/** Each consumer is its own builder, and in the registry by its type. Adding one: its file, and a line here. */
export { getRecords } from './get-records.ts';
export { subscribeToShard } from './subscribe-to-shard.ts';
