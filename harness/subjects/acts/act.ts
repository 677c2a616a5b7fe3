import type { z } from 'zod';
import { type Built, defineBuilder, type Variant, type VariantSpec } from '../../lib/variant.ts';

/**
 * An event of an instance: the shard that it started or got records from, and the number of records delivered so far.
 */
export type Deed = {
  readonly instance: string;
  readonly event: 'start' | 'deliver';
  readonly shard: string;
  readonly delivered: number;
};

/** What an act can do to the instances of an application, which it names. */
export type Stage = {
  readonly kill: (instance: string) => void;
  readonly restart: (instance: string, isGraceful: boolean) => void;
  readonly pause: (instance: string) => void;
  readonly resume: (instance: string) => void;
  readonly instances: readonly string[];
};

export type ActWatch = (deed: Deed, stage: Stage, fired: (detail: Readonly<Record<string, unknown>>) => void) => void;

export type Act = Variant<() => ActWatch>;

/**
 * Defines something that is done to a consumer under test, after a number of records, never by time: one file, and one
 * line in `builders.ts`.
 */
export const defineAct = <const Type extends string, Schema extends z.ZodType<object>>(
  spec: VariantSpec<Type, Schema, () => ActWatch>,
): Built<Type, Schema, () => ActWatch> => defineBuilder(spec);

/** The acts that were planned for one application. */
export type ActBook = { readonly watch: (deed: Deed, stage: Stage) => void };
