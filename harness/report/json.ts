import type { Reporter } from './reporter.ts';

/** Verdict format 1, and nothing else: what a program reads. */
export const json: Reporter = {
  summary: 'verdict format 1',
  fileName: 'verdict.json',
  render: (verdict) => `${JSON.stringify(verdict, null, 2)}\n`,
};
