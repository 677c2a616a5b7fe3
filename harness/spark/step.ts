import type { JudgeOptions } from '../checks/judge/options.ts';
import type { Emit } from './rows.ts';

/** One command of the SQL: rows in, rows out. It has no side effects, so that Spark may rerun it anywhere. */
export type Step = (rows: Iterable<Buffer>, emit: Emit, context: StepContext) => void | Promise<void>;

export type StepContext = {
  readonly parts: number;
  readonly rules: JudgeOptions;
};
