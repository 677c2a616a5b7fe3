/**
 * A text of others inside Markdown: neither HTML nor a link, an image, emphasis, code or the border of a cell. On one
 * line. Characters are written as entities: a backslash means nothing to some who render tables.
 */
export const markdownText = (text: string): string =>
  text.replaceAll(/[&<>|\\`*[\]~]/g, (character) => entities[character] ?? character).replaceAll(/\s*[\r\n]+\s*/g, ' ');

/** Inside an HTML element. */
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
