import type { PutRecordInput } from '../model/put-fits.ts';

/**
 * A batcher under test. A few lines adapt any PutRecords wrapper. Time is simulated and stands still between calls.
 */
export type Subject = {
  /**
   * Takes a record. Throws or rejects for a record that can never be sent, with its key in the message. The others
   * must still be sent.
   */
  readonly add: (record: PutRecordInput) => unknown;
  /** Called when time has passed: sends what is due. Only needed with a limit on waiting. */
  readonly tick?: () => unknown;
  /** Sends everything that is buffered; resolves when it has been answered. */
  readonly flush: () => unknown;
};

/** The simulated service and clock of the batcher. */
export type World = {
  /** PutRecords: one answer for each entry, in order. */
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
  /** Milliseconds that pass before each record, by its index; none if the list is shorter. */
  readonly gapsMs?: readonly number[];
  /** Whether the k-th sent entry, over all calls, fails; all others are stored. */
  readonly failures?: readonly boolean[];
};

const callsMax = 10_000;

/** Adds the records one by one, lets time pass by the millisecond, flushes, and records each call. */
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
