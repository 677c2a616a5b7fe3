import type { Batch, Policy, Queued } from './batch.ts';
import { type Outcome, readAnswer } from './read-answer.ts';

export type Settled<R extends Queued> = {
  readonly done: readonly R[];
  /** The records that this invocation did not handle, because of `message`. */
  readonly failed: readonly R[];
  /** The failed records that are given up, because retries are spent. */
  readonly discarded: readonly R[];
  /** The failed records that are sent again, in this order and before anything later. */
  readonly again: readonly Batch<R>[];
  readonly message?: string;
};

/**
 * Sorts the records of a batch after its invocation. "By default Lambda checkpoints to the highest sequence number of
 * a batch only when the batch is a complete success."
 * - Retries count the sendings of one batch. The rest of it after a partial answer, or a half of it, is a new batch.
 * - "Splitting batches doesn't consume the retry quota", so a batch of two or more is halved even with no retries at
 *   all, and only a record alone can spend them. Source:
 *   docs.aws.amazon.com/lambda/latest/dg/kinesis-on-failure-destination.html.
 * - "When a partial batch success response is received and both [settings] are turned on, the batch is bisected at the
 *   returned sequence number and Lambda retries only the remaining records." If the first record of the batch failed,
 *   nothing is before it. Then the batch is halved like any other, so the record that fails always ends alone.
 * - Without bisect, spent retries discard the rest of the batch, including records that were never tried.
 */
export const settleBatch = <R extends Queued>(batch: Batch<R>, outcome: Outcome, policy: Policy): Settled<R> => {
  const { records, retries } = batch;
  const { handled, message } = resultOf(batch, outcome, policy);
  const done = records.slice(0, handled);
  const failed = records.slice(handled);
  const why = message === undefined ? {} : { message };
  if (failed.length === 0) return { done, failed, discarded: [], again: [], ...why };
  if (handled > 0) return { done, failed, discarded: [], again: [{ records: failed, retries: 0 }], ...why };
  if (policy.bisect && failed.length > 1) return { done, failed, discarded: [], again: halves(failed), ...why };
  if (policy.retries >= 0 && retries >= policy.retries) return { done, failed, discarded: failed, again: [], ...why };
  return { done, failed, discarded: [], again: [{ records, retries: retries + 1 }], ...why };
};

const resultOf = (batch: Batch<Queued>, outcome: Outcome, { partialBatchResponse }: Policy) => {
  if (!outcome.ok) return { handled: 0, message: outcome.message };
  return partialBatchResponse ? readAnswer(outcome.answer, batch) : { handled: batch.records.length };
};

const halves = <R extends Queued>(records: readonly R[]): readonly Batch<R>[] => {
  const middle = Math.ceil(records.length / 2);
  return [records.slice(0, middle), records.slice(middle)].map((half) => ({ records: half, retries: 0 }));
};
