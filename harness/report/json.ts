import { jsonText } from './json-text.ts';
import type { Reporter } from './reporter.ts';
import { withOwnLines } from './with-own-lines.ts';

/** Verdict format 1 and nothing else, for programs. */
export const json: Reporter = {
  summary: 'verdict format 1',
  fileName: 'verdict.json',
  render: async (verdict, _, { sources }) => jsonText(await withOwnLines(verdict, sources)),
};
