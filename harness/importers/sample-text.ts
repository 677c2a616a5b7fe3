const shortChars = 256 * 1024;
/** A beginning of this length is usually not the whole file. */
export const startChars = 8 * 1024 * 1024;

/**
 * Samples the beginning of a file, and more of it if nothing was found, because a JSON text may be one long line or one
 * object. The last line is dropped, because it may be cut off.
 */
export const sampled = <T>(start: string, find: (lines: readonly string[]) => readonly T[]): readonly T[] => {
  const few = find(linesIn(start.slice(0, shortChars), start.length > shortChars));
  return few.length > 0 || start.length <= shortChars ? few : find(linesIn(start, start.length >= startChars));
};

const linesIn = (text: string, isCut: boolean): readonly string[] => {
  const lines = text.split('\n');
  return isCut && lines.length > 1 ? lines.slice(0, -1) : lines;
};
