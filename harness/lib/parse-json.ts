import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { HarnessError } from './error.ts';

/** Parses JSON. Throws HarnessError('usage') with file, line and column, in one sentence. */
export const parseJson = (text: string, shown: string): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (thrown) {
    throw new HarnessError('usage', `${shown}${placeOf(text)}: it is not valid JSON`, {
      hint: 'look for a comma that is missing or too many, a comment, or a quote that is not closed',
      cause: thrown,
    });
  }
  if (depthOf(value) <= depthMax) return value;
  throw new HarnessError('usage', `${shown}: its values are nested more than ${depthMax} deep`);
};

export const depthMax = 100;

/** Walks level by level, without recursion: a text of 100 KB can nest deeper than the call stack. */
const depthOf = (value: unknown): number => {
  let [depth, level] = [0, [value]];
  while (level.length > 0 && depth <= depthMax) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    depth += 1;
  }
  return depth;
};

/** Node 20's JSON.parse does not report the line. JSON is YAML too, and the YAML parser does. */
const placeOf = (text: string): string => {
  if (nestingOf(text) > depthMax) return '';
  // Imported only if something is wrong, because `check` must start fast.
  const { LineCounter, parseDocument } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  const lineCounter = new LineCounter();
  const [error] = parseDocument(text, { lineCounter, schema: 'json', prettyErrors: false }).errors;
  if (error === undefined) return '';
  const { line, col } = lineCounter.linePos(error.pos[0]);
  return `, line ${line}, column ${col}`;
};

/** Most nested brackets: the YAML parser needs gigabytes for 50,000. */
export const nestingOf = (text: string): number => {
  let [open, most] = [0, 0];
  for (const [bracket] of text.matchAll(/[[\]{}]/g)) {
    open += bracket === '[' || bracket === '{' ? 1 : -1;
    most = Math.max(most, open);
  }
  return most;
};
