import { jsonText } from './json-text.ts';
import type { Reporter } from './reporter.ts';

/** Verdict format 1 and nothing else, for programs. */
export const json: Reporter = {
  summary: 'verdict format 1',
  fileName: 'verdict.json',
  render: (verdict) => jsonText(verdict),
};
