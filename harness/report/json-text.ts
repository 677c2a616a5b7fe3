/**
 * JSON without characters that a terminal, or a CI job that reads it, would act on. The values are the same: each
 * such character is escaped.
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
