import type { z } from 'zod';
import type { ResolvedScenario } from './resolved.ts';

/**
 * The variants that a scenario may use, by name, with the schema of their options. They are passed in, because this
 * folder knows no variant.
 */
type Fields = Readonly<Record<string, unknown>>;
export type Options = Readonly<
  Record<
    string,
    {
      readonly options: z.ZodType;
      /** Returns its options, with paths that are relative to the scenario's folder resolved. */
      readonly relativeTo?: (options: Fields, folder: string) => Fields;
      /** The problems of these options with this scenario. A problem may begin with the field. */
      readonly conflicts?: (options: never, scenario: ResolvedScenario) => readonly string[];
    }
  >
>;

export type Vocabulary = {
  readonly payloads: Options;
  readonly partitionKeys: Options;
  readonly producers: Options;
  readonly consumers: Options;
  readonly faults: Options;
};
