/**
 * kinesis-order/properties: laws for your batcher, PutRecords wrapper and aggregator, and the arbitraries behind
 * them. Needs fast-check.
 */
export { type Limits, limitProfiles, limitsOf } from '../model/limits.ts';
export type { PutRecordInput } from '../model/put-fits.ts';
export {
  type AggregatorLawName,
  type AggregatorLawOptions,
  aggregatorLaws,
  checkAggregatorLaws,
  userRecordsArbitrary,
} from './aggregator-laws.ts';
export type { AggregatorSubject, AggregatorWorld, MakeAggregator } from './aggregator-subject.ts';
export {
  edgeListArbitrary,
  edgeLists,
  failuresArbitrary,
  gapsArbitrary,
  keyArbitrary,
  oversizeArbitrary,
  ratesArbitrary,
  recordArbitrary,
  recordsArbitrary,
} from './arbitraries.ts';
export { batcherLaws, checkBatcherLaws, type Law, type LawName, type LawOptions } from './batcher-laws.ts';
export { kplRecords } from './kpl-record.ts';
export type { EntryAnswer, MakeSubject, Subject, World } from './subject.ts';
export {
  checkWrapperLaws,
  type WrapperLawName,
  type WrapperLawOptions,
  wrapperLaws,
} from './wrapper-laws.ts';
export type { MakeWrapper, Wrapper, WrapperWorld } from './wrapper-subject.ts';
