import type { RawAnswer, RawOperation } from '../kinesis/raw.ts';
import { must, Outcome, refused } from './outcome.ts';
import type { StoredRecord } from './reading.ts';
import { shapeOf } from './shards.ts';
import type { ProbeStream } from './stream.ts';

/** The texts of records. This file has what probes share to compare and to describe records. */
export const textsOf = (records: readonly { readonly text: string }[]): readonly string[] =>
  records.map((record) => record.text);

export const listed = (items: readonly string[]): string =>
  items.length === 0
    ? 'nothing'
    : items.length > 8
      ? `${items.slice(0, 8).join(' ')} … (${items.length})`
      : items.join(' ');

export const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((item, index) => item === b[index]);

/** `n` texts: a0, a1, … */
export const numbered = (n: number, prefix = 'a'): readonly string[] =>
  Array.from({ length: n }, (_, index) => `${prefix}${index}`);

/** The record at a place, as it is stored. */
export const at = (
  records: readonly StoredRecord[],
  place: { readonly shard: string; readonly seq: string },
): StoredRecord | undefined => records.find((record) => record.shard === place.shard && record.seq === place.seq);

/** Asserts that the engine refuses a write which AWS refuses, and stores nothing of it. Returns the error. */
export const refusedUnstored = async <O extends RawOperation>(
  stream: ProbeStream,
  answer: RawAnswer<O>,
  what: string,
  errors: readonly string[] = [],
): Promise<string> => {
  if (answer.ok) {
    const stored = await stream.stored(1);
    throw new Outcome('deviates', `${what} was accepted; ${stored.length} of its records stored`);
  }
  const error = refused(answer, what, errors);
  const stored = await stream.stored();
  must(stored.length === 0, `${what} was refused with ${error}, yet ${stored.length} records are stored`);
  return error;
};

/**
 * Asserts that the engine refuses a reshard which AWS refuses, and keeps the shards as they were. Returns the error.
 */
export const refusedUnchanged = async <O extends RawOperation>(
  stream: ProbeStream,
  ask: () => Promise<RawAnswer<O>>,
  what: string,
  errors: readonly string[] = [],
): Promise<string> => {
  const before = shapeOf(await stream.shards());
  const answer = await ask();
  await stream.settle();
  const after = shapeOf(await stream.shards());
  if (answer.ok) {
    throw new Outcome(
      'deviates',
      `${what} was accepted; ${before === after ? 'nothing changed' : `shards now: ${after}`}`,
    );
  }
  const error = refused(answer, what, errors);
  must(before === after, `${what} was refused with ${error}, yet the shards changed from ${before} to ${after}`);
  return error;
};

/** The possible names of a validation error: AWS uses both, and its documentation does not always say which. */
export const invalid = ['ValidationException', 'InvalidArgumentException', 'SerializationException'] as const;
