import type { PutRecordInput } from '../model/put-fits.ts';

/**
 * A batcher under the laws, whoever wrote it: a few lines make one of any PutRecords wrapper. Time is the laws' own
 * and stands still between calls.
 */
export type Subject = {
  /**
   * Takes a record. Throws (or rejects) for one that can never be sent, with its key in the message, and goes on with
   * the others.
   */
  readonly add: (record: PutRecordInput) => unknown;
  /** Time has passed: send what is due. Only needed with a time bound. */
  readonly tick?: () => unknown;
  /** Send all there is; over when it has been answered. */
  readonly flush: () => unknown;
};

/** What the batcher is given in place of the world. */
export type World = {
  /** PutRecords: one answer an entry, in their order. */
  readonly send: (entries: readonly PutRecordInput[]) => Promise<readonly EntryAnswer[]>;
  readonly nowMs: () => number;
};
export type EntryAnswer = { readonly error?: string };
export type MakeSubject = (world: World) => Subject;

/** One PutRecords call as the laws saw it. */
export type SeenCall = {
  readonly entries: readonly PutRecordInput[];
  readonly isFailed: readonly boolean[];
  readonly atMs: number;
  /** What the batcher was doing when it sent the call. */
  readonly during: 'add' | 'tick' | 'flush';
};
export type Drive = {
  readonly given: readonly PutRecordInput[];
  readonly givenAtMs: ReadonlyMap<PutRecordInput, number>;
  readonly refused: ReadonlyMap<PutRecordInput, string>;
  readonly calls: readonly SeenCall[];
};

export type DrivePlan = {
  readonly records: readonly PutRecordInput[];
  /** Milliseconds that pass before each record, by its index; none where it is short. */
  readonly gapsMs?: readonly number[];
  /** Of the k-th entry sent, over all calls: whether it fails; all else is stored. */
  readonly failures?: readonly boolean[];
};

const callsMax = 10_000;

/** Hands the records over one by one, lets time pass by the millisecond, flushes, and writes down each call. */
export const drive = async (make: MakeSubject, { records, gapsMs = [], failures = [] }: DrivePlan): Promise<Drive> => {
  const calls: SeenCall[] = [];
  const givenAtMs = new Map<PutRecordInput, number>();
  const refused = new Map<PutRecordInput, string>();
  let nowMs = 0;
  let sent = 0;
  let during: SeenCall['during'] = 'add';
  const send = (entries: readonly PutRecordInput[]): Promise<readonly EntryAnswer[]> => {
    const isFailed = entries.map((_, index) => failures[sent + index] ?? false);
    sent += entries.length;
    calls.push({ entries: [...entries], isFailed, atMs: nowMs, during });
    if (calls.length > callsMax) throw new Error(`more than ${callsMax} calls for ${records.length} records`);
    return Promise.resolve(
      isFailed.map((failed) => (failed ? { error: 'ProvisionedThroughputExceededException' } : {})),
    );
  };
  const subject = make({ send, nowMs: () => nowMs });
  const pass = async (ms: number): Promise<void> => {
    for (let passed = 0; passed < ms; passed += 1) {
      nowMs += 1;
      during = 'tick';
      await subject.tick?.();
    }
  };
  for (const [index, record] of records.entries()) {
    await pass(gapsMs[index] ?? 0);
    during = 'add';
    givenAtMs.set(record, nowMs);
    try {
      await subject.add(record);
    } catch (thrown) {
      refused.set(record, thrown instanceof Error ? thrown.message : String(thrown));
    }
  }
  during = 'flush';
  await subject.flush();
  return { given: records, givenAtMs, refused, calls };
};
