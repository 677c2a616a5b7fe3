/**
 * The builders of all producers; the registry has each by its type. To add a producer, add its file and a line here.
 */
export { command } from './command.ts';
export { fn } from './fn.ts';
export { putRecord } from './put-record.ts';
export { putRecords } from './put-records.ts';
export { putRecordsAggregated } from './put-records-aggregated.ts';
export { scripted } from './scripted.ts';
