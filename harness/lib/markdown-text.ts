/**
 * A text of the user's inside Markdown, on one line: neither HTML nor a link, an image, emphasis, code or the border
 * of a cell. Characters are written as entities, because some renderers of tables ignore backslashes.
 */
export const markdownText = (text: string): string =>
  text.replaceAll(/[&<>|\\`*[\]~]/g, (character) => entities[character] ?? character).replaceAll(/\s*[\r\n]+\s*/g, ' ');

/** The same inside an HTML element. */
export const htmlText = (text: string): string =>
  text.replaceAll(/[&<>]/g, (character) => entities[character] ?? character);

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '|': '&#124;',
  '\\': '&#92;',
  '`': '&#96;',
  '*': '&#42;',
  '[': '&#91;',
  ']': '&#93;',
  '~': '&#126;',
};
