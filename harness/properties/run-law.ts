import fc from 'fast-check';
import type { PutRecordInput } from '../model/put-fits.ts';

/**
 * Options of every law. The message of a broken law has the smallest records that were found, and fast-check's seed
 * and path to repeat it.
 */
export type HoldOptions = {
  readonly runs?: number;
  readonly seed?: number;
  /** fast-check's path of a counterexample, to repeat it at once. */
  readonly path?: string;
};
type RecordsPlan = { readonly records: readonly PutRecordInput[] };

export const hold = <P extends RecordsPlan>(
  name: string,
  arbitrary: fc.Arbitrary<P>,
  brokenBy: (plan: P) => Promise<string | undefined>,
  options: HoldOptions,
): Promise<void> => {
  const property = fc.asyncProperty(arbitrary, async (plan) => {
    const broken = await brokenBy(plan);
    if (broken !== undefined) throw new Error(`${name}: ${broken}`);
  });
  return fc.assert(property, {
    numRuns: options.runs ?? 100,
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.path === undefined ? {} : { path: options.path }),
    reporter: (outcome) => {
      if (outcome.failed) throw lawError(name, outcome);
    },
  });
};

/**
 * Checks each list at an edge once, because random lists would sometimes miss one. Runs after the random lists, which
 * shrink.
 */
export const holdAtEdges = async (
  name: string,
  edges: readonly (readonly PutRecordInput[])[],
  brokenBy: (records: readonly PutRecordInput[]) => Promise<string | undefined>,
): Promise<void> => {
  for (const edge of edges) {
    const records = edge.map((record) => ({ ...record }));
    const words = await brokenBy(records);
    if (words !== undefined)
      throw new Error(
        `${name}: ${words}\n  smallest records found (${records.length}): ${namesOf(records)}\n  seen each time`,
      );
  }
};

/** The error of a broken law, with the counterexample in words: bytes by their number, long keys by their length. */
const lawError = <P extends RecordsPlan>(name: string, outcome: fc.RunDetails<[P]>): Error => {
  const cause = outcome.errorInstance;
  const words = cause instanceof Error ? cause.message : name;
  const records = outcome.counterexample?.[0].records ?? [];
  const path = outcome.counterexamplePath ?? '';
  return new Error(
    `${words}\n  smallest records found (${records.length}): ${namesOf(records)}\n  again with { seed: ${outcome.seed}, path: '${path}' }`,
    { cause },
  );
};

const namesOf = (records: readonly PutRecordInput[]): string =>
  records
    .slice(0, 8)
    .map(({ key, data }) => `${JSON.stringify(key.slice(0, 24))}: ${data.byteLength} bytes`)
    .join(', ');
