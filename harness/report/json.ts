import { jsonText } from './json-text.ts';
import type { Reporter } from './reporter.ts';
import { withOwnLines } from './with-own-lines.ts';

/** Verdict format 1 for programs, and nothing else. */
export const json: Reporter = {
  summary: 'verdict format 1',
  fileName: 'verdict.json',
  render: async (verdict, _, { sources }) => jsonText(await withOwnLines(verdict, sources)),
};
