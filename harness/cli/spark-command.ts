import { HarnessError } from '../lib/error.ts';
import { isKeyOf } from '../lib/is-key-of.ts';
import { print } from '../lib/print.ts';
import { partsMax } from '../parts/split.ts';
import { type JudgingFlags, judgingOfFlags } from '../session/judging-flags.ts';
import { steps } from '../spark/registry.ts';
import { RowFile, readRows } from '../spark/rows.ts';
import { sqlOf } from '../spark/sql.ts';
import type { StepContext } from '../spark/step.ts';
import { type FilterFlags, filtersOf } from './check-filters.ts';

export type SparkFlags = JudgingFlags &
  FilterFlags & {
    readonly input: string;
    readonly output: string;
    readonly parts: string;
    readonly pieceMb: string;
    readonly command: string;
    readonly strict?: boolean;
  };

/** `spark-sql`: prints the statements. Returns the exit code, 0. */
export const sparkSqlCommand = (flags: SparkFlags): number => {
  const { input, output, command } = flags;
  const rules: StepContext['rules'] = { ...filtersOf(flags), ...judgingOfFlags(flags), strict: flags.strict ?? false };
  const parts = wholeNumber('--parts', flags.parts, partsMax);
  const pieceMb = wholeNumber('--piece-mb', flags.pieceMb, 2000);
  print.out(
    sqlOf({ input, output, parts, pieceMb, command, rules: Buffer.from(JSON.stringify(rules)).toString('base64url') }),
  );
  return 0;
};

const wholeNumber = (flag: string, text: string, most: number): number => {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= 1 && number <= most) return number;
  throw new HarnessError('usage', `${flag}: expected a whole number from 1 to ${most}, got ${JSON.stringify(text)}`);
};

export type StepFlags = { readonly parts: string; readonly rules?: string };

/** `spark-step`: the command that the statements call. Rows come from standard input and go to standard output. */
export const sparkStepCommand = async (name: string, { parts, rules }: StepFlags): Promise<number> => {
  if (!isKeyOf(steps, name))
    throw new HarnessError('usage', `there is no step ${JSON.stringify(name)}`, {
      hint: `possible: ${Object.keys(steps).join(', ')}`,
    });
  const out = new RowFile(1);
  await steps[name](readRows(0), out.emit, {
    parts: wholeNumber('--parts', parts, partsMax),
    rules:
      rules === undefined ? {} : (JSON.parse(Buffer.from(rules, 'base64url').toString('utf8')) as StepContext['rules']),
  });
  out.flush();
  return 0;
};
