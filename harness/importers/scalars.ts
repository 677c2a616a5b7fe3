/** The strings and numbers of a JSON text, in order, and the text between them. */
export type Scalars = {
  /** The text before each, and after the last. */
  readonly literals: readonly string[];
  readonly areTexts: readonly boolean[];
  readonly paths: readonly (readonly string[])[];
};

type Container = { readonly isList: boolean; count: number; name: string; readonly names: Set<string> };

const token = /"((?:[^"\\]|\\.)*)"|-?\d[\d.eE+-]*|[{}[\],:]|true|false|null/g;

/**
 * For valid JSON. Undefined if a name has an escape, or occurs twice in an object, because then only one value counts.
 */
export const scalarsOf = (json: string): Scalars | undefined => {
  const literals: string[] = [];
  const areTexts: boolean[] = [];
  const paths: string[][] = [];
  const open: Container[] = [];
  let end = 0;
  let isName = false;
  for (const match of json.matchAll(token)) {
    const [found, text] = match;
    const inside = open.at(-1);
    if (found === '{' || found === '[') {
      open.push({ isList: found === '[', count: 0, name: '0', names: new Set() });
      isName = found === '{';
    } else if (found === '}' || found === ']') open.pop();
    else if (found === ',' && inside !== undefined) {
      inside.count += 1;
      inside.name = String(inside.count);
      isName = !inside.isList;
    } else if (found === ':') isName = false;
    else if (isName && text !== undefined && inside !== undefined) {
      if (inside.names.has(text) || text === '__proto__' || text.includes('\\')) return undefined;
      inside.names.add(text);
      inside.name = text;
    } else if (text !== undefined || /^[-\d]/.test(found)) {
      const isText = text !== undefined;
      literals.push(json.slice(end, match.index + (isText ? 1 : 0)));
      end = match.index + found.length - (isText ? 1 : 0);
      areTexts.push(isText);
      paths.push(open.map(({ name }) => name));
    }
  }
  return { literals: [...literals, json.slice(end)], areTexts, paths };
};
