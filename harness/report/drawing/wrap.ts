/**
 * Lines of at most `width` characters, broken at spaces: a word that is longer stands whole on a line of its own.
 * Lines behind the first are indented by `hanging`.
 */
export const wrap = (text: string, width: number, hanging = 0): readonly string[] => {
  const indent = ' '.repeat(hanging);
  const lines: string[] = [];
  const [lead = ''] = /^ */.exec(text) ?? [];
  let line = lead;
  for (const word of text.slice(lead.length).split(/ +/)) {
    const isFirst = line === (lines.length === 0 ? lead : indent);
    if (!isFirst && lengthOf(line) + 1 + lengthOf(word) > width) {
      lines.push(line);
      line = `${indent}${word}`;
    } else line = isFirst ? `${line}${word}` : `${line} ${word}`;
  }
  return [...lines, line];
};

/** In characters, not in UTF-16 units. */
export const lengthOf = (text: string): number => Array.from(text).length;

export const padded = (text: string, width: number): string =>
  `${text}${' '.repeat(Math.max(0, width - lengthOf(text)))}`;
