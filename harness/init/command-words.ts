/**
 * A command line as the words that `run` of a scenario takes. A line that needs a shell (quotes, pipes, variables) is
 * passed to one.
 */
export const commandWords = (line: string): readonly [string, ...string[]] => {
  const words = line.trim().split(/\s+/);
  const [first, ...rest] = words;
  if (first === undefined || first === '' || /["'`$|&;<>*?~\\()]/.test(line)) return ['sh', '-c', line.trim()];
  return [first, ...rest];
};
