const lineCharsMax = 64 * 1024;

/** The beginning of a file without its last line, which may be cut; unless that is all there is. */
export const sampleText = (start: string): string => {
  if (start.length < lineCharsMax) return start;
  const end = start.lastIndexOf('\n');
  return end < 0 ? start : start.slice(0, end);
};
