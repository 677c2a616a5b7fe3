import { LineFeeder } from '../history/line-feeder.ts';
import { Names } from '../lib/names.ts';
import type { Items } from '../parts/json-items.ts';
import { type Raw, thinned } from '../parts/part-writer.ts';
import type { Plan, PlanOfPiece } from '../parts/plan.ts';
import { type LinesOfPart, type Places, Route } from '../parts/route.ts';
import { textOf } from './line-text.ts';
import { feedPieces } from './pieces.ts';
import type { Emit } from './rows.ts';
import type { Step } from './step.ts';

/** Lines of pieces in; each out with the part, and the number that it has in its file. */
export const route: Step = (rows, emit, { plans }) => {
  const placesOf = new Map<Plan, Places>();
  feedPieces(
    rows,
    (file, at) => {
      const plan = plans().get(file);
      const piece = plan?.pieces.find((one) => one.at === at);
      if (plan === undefined || piece === undefined)
        throw new Error(`the plan has no piece of ${file} at ${at}: the files changed, or Spark cut them otherwise`);
      if (plan.whole === undefined) return routeOf(plan, piece, placesOf, (part) => linesOf(emit, file, part));
      // Once is enough.
      if (piece.before === 0) emit(file, 0, 0, 'whole', textOf(Buffer.from(plan.whole)));
      return undefined;
    },
    (feeder, bytes) => feeder?.feed(bytes),
    (feeder) => feeder?.finish(),
  );
};

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

/** What was not surveyed lies in the first part. */
const partOfName = (byPart: readonly (readonly string[])[]): Places['ofKey'] => {
  const names = new Names();
  const parts: number[] = [];
  for (const [part, list] of byPart.entries()) for (const name of list) parts[names.id(name)] = part;
  return (words, start, end) => parts[names.idAt(words, start, end)] ?? 0;
};
