// The public API of kinesis-order/record, for tests.
export { assertKeepsOrder, type KeepOrderMatchers, keepOrderMatchers } from './keep-order.ts';
export { type KinesisRecording, type RecordKinesisOptions, recordKinesis } from './record-kinesis.ts';
export type { RecordedVerdict } from './recorded-verdict.ts';
