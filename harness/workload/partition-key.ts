import type { z } from 'zod';
import type { Random } from '../lib/random.ts';
import { type Built, defineBuilder, type VariantSpec } from '../lib/variant.ts';

export type KeyPlan = {
  readonly keys: number;
  readonly recordsPerKey: number;
  readonly prefix: string;
  readonly random: Random;
};

/**
 * Which keys are written, in which order: one partition key a record. The application's order of a key is the order
 * of its occurrences.
 */
export type KeySequence = (plan: KeyPlan) => Iterable<string>;

/** Defines a key sequence: one file, and one line in `partition-keys.ts`. */
export const defineKeys = <const Type extends string, Schema extends z.ZodType<object>>(
  spec: VariantSpec<Type, Schema, KeySequence>,
): Built<Type, Schema, KeySequence> => defineBuilder(spec);
