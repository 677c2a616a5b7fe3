import type { FailIf } from '../compare/fail-if.ts';
import type { Held } from '../compare/held.ts';
import { type Comparison, parseComparison } from '../compare/result.ts';
import { exitCodeOf, HarnessError } from '../lib/error.ts';
import { readTextSync, textMax } from '../lib/read-text.ts';

/**
 * Reads the baseline; undefined if none is given. Throws HarnessError('usage') if a bound on a change has no baseline,
 * before anything is created.
 */
export const baselineOf = async (
  path: string | undefined,
  failIfs: readonly FailIf[],
): Promise<Comparison | undefined> => {
  const change = failIfs.find(({ bound }) => 'change' in bound);
  if (path === undefined && change !== undefined)
    throw new HarnessError('usage', `--fail-if ${change.text}: a change needs --baseline`, {
      hint: 'kinesis-order compare --reporter json=old.json writes one',
    });
  if (path === undefined) return undefined;
  return parseComparison(readTextSync(path, `--baseline: ${path}`, 4 * textMax), path);
};

/** The exit code: 1 if a bound is broken, else 4 if one cannot be decided, else 0. */
export const exitCodeOfHeld = (all: readonly Held[]): number => {
  if (all.some(({ holds }) => holds === 'yes')) return 1;
  return all.some(({ holds }) => holds === 'unknown') ? exitCodeOf.unknown : 0;
};
