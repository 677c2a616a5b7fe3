import { compareSequence } from '../../model/sequence-number.ts';
import type { Batch, Queued } from './batch.ts';

/** How an invocation ended: with an answer, or with an error of the function (thrown, timed out, died). */
export type Outcome =
  | { readonly ok: true; readonly answer: unknown }
  | { readonly ok: false; readonly message: string };

/** The outcome of a batch: `handled` records from its beginning; all of them if nothing failed. */
export type BatchResult = { readonly handled: number; readonly message?: string };

/**
 * Reads an answer with `batchItemFailures` as Lambda does. "If the batchItemFailures array contains multiple items,
 * Lambda uses the record with the lowest sequence number as the checkpoint. Lambda then retries all records starting
 * from that checkpoint." Empty and null answers are a complete success. An empty, null or misnamed `itemIdentifier` is
 * a complete failure. Source: docs.aws.amazon.com/lambda/latest/dg/services-kinesis-batchfailurereporting.html. The
 * page does not cover a number that is not in the batch, or a value that is not a list. Both count as a complete
 * failure, so that nothing is skipped.
 */
export const readAnswer = (answer: unknown, { records }: Batch<Queued>): BatchResult => {
  const failures = isObject(answer) ? answer['batchItemFailures'] : undefined;
  if (failures === undefined || failures === null) return { handled: records.length };
  if (!Array.isArray(failures)) return failedWhole('batchItemFailures is not a list');
  let lowest = records.length;
  for (const item of failures as readonly unknown[]) {
    const id = isObject(item) ? item['itemIdentifier'] : undefined;
    if (typeof id !== 'string' || id === '') return failedWhole('an itemIdentifier is empty, or has another name');
    const index = records.findIndex(({ seq }) => isSameNumber(seq, id));
    if (index < 0) return failedWhole(`the itemIdentifier ${id} is not in the batch`);
    lowest = Math.min(lowest, index);
  }
  if (lowest === records.length) return { handled: lowest };
  return { handled: lowest, message: `batchItemFailures: ${failures.length}, the lowest at ${records[lowest]?.seq}` };
};

const failedWhole = (message: string): BatchResult => ({ handled: 0, message });

const isSameNumber = (seq: string, id: string): boolean =>
  seq === id || (/^\d+$/.test(id) && compareSequence(seq, id) === 0);

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
