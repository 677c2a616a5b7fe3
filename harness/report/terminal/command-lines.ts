import { widthOf } from './width.ts';

/** A word as a POSIX shell splits a line, quoted spaces included. A flag and its value stay together. */
const shellWord = /(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/;
const parts = new RegExp(`--[^\\s='"]+ (?!-)${shellWord.source}|${shellWord.source}`, 'g');

/** A command line for copying, broken only between words, with a backslash at the end of each line but the last. */
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
