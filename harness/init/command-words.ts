/** A command line as `run` of a scenario takes it. What needs a shell (quotes, pipes, variables) is given to one. */
export const commandWords = (line: string): readonly [string, ...string[]] => {
  const words = line.trim().split(/\s+/);
  const [first, ...rest] = words;
  if (first === undefined || first === '' || /["'`$|&;<>*?~\\()]/.test(line)) return ['sh', '-c', line.trim()];
  return [first, ...rest];
};
