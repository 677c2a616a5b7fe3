import type { PutRecordInput } from '../model/put-fits.ts';
import type { Drive, EntryAnswer, SeenCall } from './subject.ts';

/** A wrapper under test: resolves with the records that it could not store, an empty list if it stored all. */
export type Wrapper = (records: readonly PutRecordInput[]) => Promise<readonly PutRecordInput[]>;
export type WrapperWorld = {
  /** PutRecords: one answer for each entry, in order. */
  readonly send: (entries: readonly PutRecordInput[]) => Promise<readonly EntryAnswer[]>;
  /** To be called instead of a pause before the next attempt. Resolves at once. */
  readonly sleep: (ms: number) => Promise<void>;
};
export type MakeWrapper = (world: WrapperWorld) => Wrapper;

/**
 * What the wrapper sent, which records were stored (in the order of the service), and which it reported as not stored.
 */
export type WrapperDrive = Drive & {
  readonly stored: readonly PutRecordInput[];
  readonly unstored: readonly PutRecordInput[];
};

export type WrapperPlan = {
  readonly records: readonly PutRecordInput[];
  /** Whether the k-th sent entry, over all calls, fails; all others are stored. */
  readonly failures?: readonly boolean[];
  readonly allFail?: boolean;
  readonly callsMax?: number;
};

const usualCallsMax = 10_000;
const failure: EntryAnswer = { error: 'ProvisionedThroughputExceededException' };

export const driveWrapper = async (
  make: MakeWrapper,
  { records, failures = [], allFail = false, callsMax = usualCallsMax }: WrapperPlan,
): Promise<WrapperDrive> => {
  const calls: SeenCall[] = [];
  const stored: PutRecordInput[] = [];
  let sent = 0;
  const send = (entries: readonly PutRecordInput[]): Promise<readonly EntryAnswer[]> => {
    const isFailed = entries.map((_, index) => allFail || (failures[sent + index] ?? false));
    sent += entries.length;
    calls.push({ entries: [...entries], isFailed, atMs: 0, during: 'flush' });
    if (calls.length > callsMax) throw new Error(`more than ${callsMax} calls for ${records.length} records`);
    stored.push(...entries.filter((_, index) => isFailed[index] === false));
    return Promise.resolve(isFailed.map((failed) => (failed ? failure : {})));
  };
  const unstored = await make({ send, sleep: () => Promise.resolve() })(records);
  return { given: records, givenAtMs: new Map(), refused: new Map(), calls, stored, unstored };
};
