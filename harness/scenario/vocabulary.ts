import type { z } from 'zod';
import type { ResolvedScenario } from './resolved.ts';

/**
 * The names that a scenario may use, with the schema of each one's options: handed in, since this folder knows no
 * variant.
 */
type Fields = Readonly<Record<string, unknown>>;
export type Options = Readonly<
  Record<
    string,
    {
      readonly options: z.ZodType;
      /** Its options with paths that were relative to the scenario's folder. */
      readonly relativeTo?: (options: Fields, folder: string) => Fields;
      /** What these options cannot be combined with: a problem each, which may begin with the field. */
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
