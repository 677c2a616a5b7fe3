const token = /"((?:[^"\\]|\\.)*)"|[{}[\]]|\n/g;

/**
 * For each object of the first list with this name: how many lines below the beginning of the text it begins. Empty if
 * the text is one line.
 */
export const itemLines = (json: string, name: string): readonly number[] => {
  if (!json.includes('\n')) return [];
  const found: number[] = [];
  let [line, depth, inList] = [0, 0, 0];
  let last: string | undefined;
  for (const [text, inside] of json.matchAll(token)) {
    if (text === '\n') {
      line += 1;
      continue;
    }
    if (text === '{' || text === '[') {
      depth += 1;
      if (inList === 0 && text === '[' && last === name) inList = depth;
      else if (inList > 0 && text === '{' && depth === inList + 1) found.push(line);
    } else if (inside === undefined) {
      if (depth === inList) return found;
      depth -= 1;
    }
    last = inside;
  }
  return found;
};
