const shownMax = 5;

/** `botocore.errorfactory.ResourceNotFoundException: …`, `TypeError: …`, `Error: …`. */
const isError = (line: string): boolean => /^(Uncaught )?[\w.$]*(Error|Exception)\b/.test(line);

/**
 * What a program printed at its end, in one line. An error comes first if there is one, because long messages are cut
 * at their end; otherwise the last line. Lines that only point at code are left out.
 */
export const lastWords = (lines: readonly string[]): string => {
  const said = lines.map((line) => line.trim()).filter((line) => /[^\s^~]/.test(line));
  const error = said.findLast(isError);
  const first = error ?? said.at(-1);
  if (first === undefined) return '';
  const others = said.filter((line) => line !== first).slice(-shownMax + 1);
  const around = others.length === 0 ? '' : ` (beside it: ${others.join(' | ')})`;
  return `; ${error === undefined ? 'its last line' : 'its error'}: ${first}${around}`;
};
