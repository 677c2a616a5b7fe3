import { LineFeeder } from '../history/line-feeder.ts';
import { Names } from '../lib/names.ts';
import type { Items } from '../parts/json-items.ts';
import type { PartHead } from '../parts/part-head.ts';
import { type Raw, thinned } from '../parts/part-writer.ts';
import type { Plan, PlanOfPiece } from '../parts/plan.ts';
import { type LinesOfPart, type Places, Route } from '../parts/route.ts';
import { textOf } from './line-text.ts';
import { feedPieces } from './pieces.ts';
import type { PlanRow } from './plan-step.ts';
import { columnsOf, type Emit } from './rows.ts';
import type { Step } from './step.ts';

/**
 * In: lines of pieces. Out: each line with its part and its line number in the file, and one head per file and part.
 * The first input row of a process has the plans of all files.
 */
export const route: Step = (rows, emit) => {
  const plans = new Map<string, Plan>();
  const placesOf = new Map<Plan, Places>();
  feedPieces(
    withoutPlans(rows, plans),
    (file, at) => {
      const plan = plans.get(file);
      const piece = plan?.pieces.find((one) => one.at === at);
      if (plan === undefined || piece === undefined)
        throw new Error(
          `the plan has no piece of ${file} at ${at}: the files changed, or Spark split them differently`,
        );
      if (plan.pieces[0] === piece) for (const row of headRows(file, plan)) emit(...row);
      return plan.whole === undefined ? routeOf(plan, piece, placesOf, (part) => linesOf(emit, file, part)) : undefined;
    },
    (feeder, bytes) => feeder?.feed(bytes),
    (feeder) => feeder?.finish(),
  );
};

/** Takes the plans, which are in the first column of the first row only, and yields the rest of each row. */
function* withoutPlans(rows: Iterable<Buffer>, plans: Map<string, Plan>): Generator<Buffer> {
  for (const row of rows) {
    const [said, rest] = columnsOf(row, 2) as [Buffer, Buffer];
    if (said.length > 0)
      for (const { file, plan } of JSON.parse(said.toString('utf8')) as readonly PlanRow[]) plans.set(file, plan);
    yield rest;
  }
}

/** Values of the items column: the row is the head of a part, or the reason why one process judges the file. */
export const [headRow, wholeRow] = ['head', 'whole'] as const;

const headRows = (
  file: string,
  { whole, head }: Plan,
): readonly (readonly [string, number, number, string, string])[] =>
  whole === undefined
    ? Array.from({ length: head.of }, (_, part) => {
        const own: PartHead = { ...head, part: part + 1 };
        return [file, part, 0, headRow, JSON.stringify(own)] as const;
      })
    : [[file, 0, 0, wholeRow, JSON.stringify(whole)]];

const routeOf = (
  plan: Plan,
  { before, calls }: PlanOfPiece,
  made: Map<Plan, Places>,
  linesTo: (part: number) => LinesOfPart,
): LineFeeder => {
  const places = made.get(plan) ?? placesIn(plan);
  made.set(plan, places);
  const writers = Array.from({ length: plan.head.of }, (_, part) => linesTo(part));
  const own = new Route(places, writers, calls);
  return new LineFeeder(
    (event, line) => own.event(event, before + line),
    (hot, line) => own.hot(hot, before + line),
    undefined,
    (bytes, start, end) => own.raw(bytes, start, end),
  );
};

const linesOf = (emit: Emit, file: string, part: number): LinesOfPart => ({
  whole: (line, bytes, start, end) => emit(file, part, line, '', textOf(bytes.subarray(start, end))),
  thin: (line, kept, items: Items, { bytes, start, end }: Raw) => {
    const pieces = [...thinned(kept, items, start, end)].map(([from, to]) => bytes.subarray(from, to));
    emit(file, part, line, kept.join(','), textOf(Buffer.concat(pieces)));
  },
});

const placesIn = ({ shards, keys }: Plan): Places => {
  const [ofShard, ofKey] = [partOfName(shards), partOfName(keys)];
  return { ofShard, ofKey };
};

/** Names that were not surveyed belong to the first part. */
const partOfName = (byPart: readonly (readonly string[])[]): Places['ofKey'] => {
  const names = new Names();
  const parts: number[] = [];
  for (const [part, list] of byPart.entries()) for (const name of list) parts[names.id(name)] = part;
  return (words, start, end) => parts[names.idAt(words, start, end)] ?? 0;
};
