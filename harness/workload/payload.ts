import type { z } from 'zod';
import type { Random } from '../lib/random.ts';
import { type Built, defineBuilder, type VariantSpec } from '../lib/variant.ts';
import type { Identity } from './identity.ts';

/**
 * Makes the bytes of one record from its identity and the producer's own random stream: the same seed gives the same
 * bytes.
 */
export type PayloadMaker = (identity: Identity, random: Random) => Uint8Array;

/** Defines a payload: one file, and one line in `payloads.ts`. */
export const definePayload = <const Type extends string, Schema extends z.ZodType<object>>(
  spec: VariantSpec<Type, Schema, PayloadMaker>,
): Built<Type, Schema, PayloadMaker> => defineBuilder(spec);
