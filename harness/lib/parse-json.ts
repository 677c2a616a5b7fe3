import { createRequire } from 'node:module';
import type * as Yaml from 'yaml';
import { HarnessError } from './error.ts';

/** The value of a JSON text. Throws HarnessError('usage') with file, line and column, in one sentence. */
export const parseJson = (text: string, shown: string): unknown => {
  try {
    return JSON.parse(text) as unknown;
  } catch (thrown) {
    throw new HarnessError('usage', `${shown}${placeOf(text)}: it is no valid JSON`, {
      hint: 'look for a comma that is missing or too many, a comment, or a quote that is not closed',
      cause: thrown,
    });
  }
};

/** JSON.parse does not tell the line on Node 20: JSON is YAML too, and its parser counts lines. */
const placeOf = (text: string): string => {
  // Loaded only where something is wrong: `check` must start fast.
  const { LineCounter, parseDocument } = createRequire(import.meta.url)('yaml') as typeof Yaml;
  const lineCounter = new LineCounter();
  const [error] = parseDocument(text, { lineCounter, schema: 'json', prettyErrors: false }).errors;
  if (error === undefined) return '';
  const { line, col } = lineCounter.linePos(error.pos[0]);
  return `, line ${line}, column ${col}`;
};
