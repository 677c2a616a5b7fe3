import type { Random } from '../lib/random.ts';

export type KeyPlan = {
  readonly keys: number;
  readonly recordsPerKey: number;
  readonly prefix: string;
  readonly random: Random;
};

/**
 * In which order which keys are written: one partition key a record. The application's order of a key is the order of
 * its occurrences.
 */
export type KeySequence = (plan: KeyPlan) => Iterable<string>;
