import { widthOf } from './width.ts';

/** Words as a POSIX shell splits them, quoted spaces included: a flag together with its value. */
const shellWord = /(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/;
const parts = new RegExp(`--[^\\s='"]+ (?!-)${shellWord.source}|${shellWord.source}`, 'g');

/** A command line to be copied: broken only between words, with a backslash at the end of a line. */
export const commandLines = (prefix: string, command: string, width: number | undefined): readonly string[] => {
  const whole = `${prefix}${command}`;
  if (width === undefined || widthOf(whole) <= width) return [whole];
  const indent = ' '.repeat(widthOf(prefix) + 2);
  const lines: string[] = [];
  let line = prefix;
  let isEmpty = true;
  for (const word of command.match(parts) ?? []) {
    if (!isEmpty && widthOf(line) + widthOf(word) + 3 > width) {
      lines.push(`${line} \\`);
      line = indent;
      isEmpty = true;
    }
    line = isEmpty ? `${line}${word}` : `${line} ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
};
