/** kinesis-order/properties: laws for anyone's batcher, and the arbitraries behind them. Needs fast-check. */
export { type Limits, limitProfiles, limitsOf } from '../model/limits.ts';
export type { PutRecordInput } from '../model/put-fits.ts';
export {
  edgeListArbitrary,
  failuresArbitrary,
  gapsArbitrary,
  keyArbitrary,
  oversizeArbitrary,
  recordArbitrary,
  recordsArbitrary,
} from './arbitraries.ts';
export { batcherLaws, checkBatcherLaws, type Law, type LawName, type LawOptions } from './batcher-laws.ts';
export type { EntryAnswer, MakeSubject, Subject, World } from './subject.ts';
