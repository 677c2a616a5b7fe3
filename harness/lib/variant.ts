import type { z } from 'zod';

/**
 * One of several ways to do a thing (a producer, a fault, a payload …): its options are parsed where they are defined,
 * and what comes out is ready to use, so that whoever looks one up by name needs to know nothing of them.
 */
export type Variant<Made> = {
  readonly summary: string;
  readonly options: z.ZodType;
  /** Throws the schema's own error for options that are not its own. */
  readonly make: (options: unknown) => Made;
};

export const defineVariant = <Options, Made>(variant: {
  readonly summary: string;
  readonly options: z.ZodType<Options>;
  readonly make: (options: Options) => Made;
}): Variant<Made> => ({
  summary: variant.summary,
  options: variant.options,
  make: (options) => variant.make(variant.options.parse(options)),
});
