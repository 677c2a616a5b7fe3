import { jsonInside } from './path.ts';

/** One value of a row, and its path. */
export type Leaf = { readonly path: string; readonly name: string; readonly value: unknown; readonly depth: number };

/** A name in lower case, letters and digits only, as `fields` has them. */
export const plainName = (name: string): string => name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');

const depthMax = 8;
const leavesMax = 300;

/** All values of a row, including those of JSON inside its strings. Of a list, only the first item, as `[]`. */
export const leavesOf = (row: unknown): readonly Leaf[] => {
  const leaves: Leaf[] = [];
  const visit = (value: unknown, path: string, name: string, depth: number, isInList: boolean): void => {
    if (leaves.length >= leavesMax || depth > depthMax) return;
    const inner = typeof value === 'string' ? jsonInside(value) : undefined;
    if (typeof value !== 'object' || value === null) leaves.push({ path, name, value, depth });
    const opened = inner ?? value;
    if (Array.isArray(opened)) {
      if (!isInList && inner === undefined && typeof opened[0] === 'object')
        visit(opened[0], `${path}[]`, name, depth + 1, true);
      return;
    }
    if (typeof opened !== 'object' || opened === null) return;
    for (const [key, field] of Object.entries(opened)) {
      const own = isTyped(opened) ? name : key;
      visit(field, `${path}${step(key)}`, own, depth + 1, isInList);
    }
  };
  visit(row, '', '', 0, false);
  return leaves;
};

/** `{ "N": "7" }`: a value of DynamoDB, whose name is that of its attribute. */
const isTyped = (value: object): boolean => {
  const [[key, field] = [], ...more] = Object.entries(value);
  return more.length === 0 && (key === 'N' || key === 'S') && typeof field === 'string';
};

const step = (key: string): string => (/^[^.[\]"/,=\s]+$/.test(key) ? `.${key}` : `["${key}"]`);
