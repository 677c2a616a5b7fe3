import { appendFileSync } from 'node:fs';
import { expect } from 'vitest';

/**
 * How often a property is tried. `npm test` uses a modest number. `npm run test:deep` (harness/testing/suites/deep.ts)
 * sets the variables; every property is then tried 10,000 times, whatever it says. A property that drives an engine in
 * each run gives its own, smaller number here.
 */
export const isDeep = process.env['KINESIS_ORDER_DEEP_RUNS'] !== undefined;

export const deepRuns = (): number => Number(process.env['KINESIS_ORDER_DEEP_RUNS'] ?? 100);

export const engineRuns = (modest: number, deep: number): number => (isDeep ? deep : modest);

/** The seed that was given to `test:deep`. */
export const deepSeed = (): { readonly seed?: number } => {
  const given = process.env['KINESIS_ORDER_DEEP_SEED'];
  return given === undefined ? {} : { seed: Number(given) };
};

export type LoggedLaw = { readonly test: string; readonly runs: number; readonly ms: number };

/** Logs a law for the summary of the deep test. Does nothing elsewhere. */
export const logLaw = ({ runs, ms }: Omit<LoggedLaw, 'test'>): void => {
  const file = process.env['KINESIS_ORDER_DEEP_LOG'];
  if (file === undefined) return;
  const { testPath = '', currentTestName = '' } = expect.getState();
  const test = `${testPath.slice(testPath.lastIndexOf('/harness/') + 1)}: ${currentTestName}`;
  appendFileSync(file, `${JSON.stringify({ test, runs, ms } satisfies LoggedLaw)}\n`);
};
