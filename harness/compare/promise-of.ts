import type { Variant } from '../scenario/resolved.ts';

/** What AWS promises about a key's order for this way of writing, in AWS's words. Never what an engine did. */
export type Promised = { readonly short: string; readonly words: string; readonly source: string };

export const promiseOf = ({ type, ...options }: Variant): Promised =>
  (ofType[type] ?? ofAnother)(options as Readonly<Record<string, unknown>>);

const ofPutRecord = (options: Readonly<Record<string, unknown>>): Promised => {
  if (options['inFlight'] !== undefined && Number(options['inFlight']) > 1) return concurrent;
  return options['sequenceNumberForOrdering'] === undefined || options['sequenceNumberForOrdering'] === false
    ? coarse
    : strict;
};

const strict: Promised = {
  short: 'each key, strictly',
  words:
    'To guarantee strictly increasing ordering, write serially to a shard and use the SequenceNumberForOrdering parameter.',
  source: 'SDK, PutRecord',
};
const coarse: Promised = {
  short: 'coarsely, by arrival',
  words: 'If this parameter is not set, records are coarsely ordered based on arrival time.',
  source: 'SDK, PutRecordInput.SequenceNumberForOrdering',
};
const concurrent: Promised = {
  short: 'nothing',
  words:
    'the returned sequence numbers are not guaranteed to increase because the put operations appear essentially as simultaneous',
  source: 'developer guide, developing-producers-with-sdk',
};
const batched: Promised = {
  short: 'nothing',
  words:
    "A single record failure does not stop the processing of subsequent records. As a result, PutRecords doesn't guarantee the ordering of records.",
  source: 'SDK, PutRecords',
};
const packed: Promised = {
  short: 'nothing; KPL: within 2 × buffer time',
  words:
    'any two records will be reordered by no more than twice this amount (assuming no failures and retries and equal network latency)',
  source: 'KPL, default_config.properties, RecordMaxBufferedTime',
};
const another: Promised = {
  short: 'not known of a program',
  words: 'what is promised depends on the calls that it makes',
  source: 'none',
};
const ofAnother = (): Promised => another;

const ofType: Readonly<Record<string, (options: Readonly<Record<string, unknown>>) => Promised>> = {
  putRecord: ofPutRecord,
  putRecords: () => batched,
  putRecordsAggregated: () => packed,
};
