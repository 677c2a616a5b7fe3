/**
 * Splits a command line into the words for `run` of a scenario. A line that needs a shell (quotes, pipes, variables)
 * becomes `sh -c LINE`.
 */
export const commandWords = (line: string): readonly [string, ...string[]] => {
  const words = line.trim().split(/\s+/);
  const [first, ...rest] = words;
  if (first === undefined || first === '' || /["'`$|&;<>*?~\\()]/.test(line)) return ['sh', '-c', line.trim()];
  return [first, ...rest];
};
