import { HarnessError } from './error.ts';
import { suggestion } from './suggestion.ts';

/** Every option of a function, so that the compiler notices one that is missing. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>;

/**
 * Throws for an option that does not exist. In JavaScript nothing else does, and a test whose `question` is misspelt
 * would be green without having asked it.
 */
export const assertOptions = <Options>(
  what: string,
  given: NoInfer<Options>,
  names: OptionNames<Required<Options>>,
): void => {
  const known = Object.keys(names);
  for (const [name, value] of Object.entries(given as object))
    if (value !== undefined && !known.includes(name))
      throw new HarnessError('usage', `${what}: there is no option ${JSON.stringify(name)}${suggestion(name, known)}`, {
        hint: `possible: ${known.join(', ')}`,
      });
};
