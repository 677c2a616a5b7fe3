/**
 * JSON for a script element that is not run. It contains no `<`, so nothing in it can end the element or begin a
 * comment.
 */
export const inertJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
