/**
 * JSON that ends with a line feed. Characters that a terminal or a CI job would act on are escaped; the values stay
 * the same.
 */
export const jsonText = (value: unknown): string => inertText(`${JSON.stringify(value, null, 2)}\n`);

/** The same for a text that is JSON already. */
export const inertText = (json: string): string =>
  json.replaceAll(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, inNumbers).replaceAll('##[', '#\\u0023[');

const inNumbers = (character: string): string =>
  Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
