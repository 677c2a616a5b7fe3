/**
 * Splits a text at spaces into lines of at most `width` columns. A longer word gets a line of its own. Lines after the
 * first are indented by `hanging`.
 */
export const wrap = (
  text: string,
  width: number,
  hanging = 0,
  lengthOf: (text: string) => number = countOf,
): readonly string[] => {
  const indent = ' '.repeat(hanging);
  const lines: string[] = [];
  const [lead = ''] = /^ */.exec(text) ?? [];
  let line = lead;
  for (const [word, space] of wordsOf(text.slice(lead.length))) {
    const isFirst = line === (lines.length === 0 ? lead : indent);
    if (!isFirst && lengthOf(line) + space.length + lengthOf(word) > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = isFirst ? `${line}${word}` : `${line}${space}${word}`;
  }
  return [...lines, line];
};

/** Each word with the spaces before it, so that two spaces between columns stay two. */
const wordsOf = (text: string): readonly (readonly [word: string, space: string])[] =>
  text.match(/ *[^ ]+/g)?.map((part) => {
    const word = part.trimStart();
    return [word, part.slice(0, part.length - word.length)] as const;
  }) ?? [];

/** Counts characters, not UTF-16 units. Widths as on a terminal would need too much code for the page. */
const countOf = (text: string): number => Array.from(text).length;
export const lengthOf = countOf;

export const padded = (text: string, width: number): string =>
  `${text}${' '.repeat(Math.max(0, width - lengthOf(text)))}`;
