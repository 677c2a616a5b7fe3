import type { PieceFacts } from '../parts/piece-facts.ts';
import { type Piece, type Plan, planOf } from '../parts/plan.ts';
import { nameOf } from './file-result.ts';
import { columnsOf } from './rows.ts';
import type { Step } from './step.ts';

/** A row of its output. */
export type PlanRow = { readonly file: string; readonly plan: Plan };

/** In: the facts of all pieces of a file, in any order. Out: the plan of the file. */
export const plan: Step = (rows, emit, { parts }) => {
  const files = new Map<string, Piece[]>();
  for (const row of rows) {
    const [file, at, facts] = columnsOf(row, 3).map((column) => column.toString('utf8')) as [string, string, string];
    const own = files.get(file) ?? [];
    files.set(file, own);
    own.push({ at: Number(at), facts: JSON.parse(facts) as PieceFacts });
  }
  for (const [file, pieces] of files) {
    pieces.sort((one, other) => one.at - other.at);
    emit(JSON.stringify({ file, plan: planOf(nameOf(file), pieces, parts) } satisfies PlanRow));
  }
};
