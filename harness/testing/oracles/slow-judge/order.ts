import type { Order } from '../../../model/verdict.ts';
import { isComparable } from './sending-order.ts';
import { comparePlaces, consumption, groupBy, isAncestor, type Place, partsOf, type View, workOf } from './view.ts';

/**
 * "Verdict, additions": compares neighbours of a flow as final readers got them; otherwise as all readers that are no
 * subjects did; otherwise as subjects did.
 */
export const orderOf = (view: View): Order => {
  const work = new Set(workOf(view).map(({ id }) => id));
  const sentinels = new Set(view.attempts.filter(({ put }) => put.role === 'sentinel').map(({ id }) => id));
  const role = ['final', 'live', 'subject'].find((one) =>
    view.reads.some(({ reader }) => roleOf(view, reader) === one),
  );
  const read = view.reads.filter(
    ({ id, reader }) =>
      id !== undefined && roleOf(view, reader) === role && !sentinels.has(id) && (!view.hasPuts || work.has(id)),
  );
  const met = [...groupBy(read, ({ id }) => id ?? '')].map(([id, own]): Met => {
    const [start, ...rest] = own.map(({ place }) => place);
    return { id, place: rest.reduce((a, b) => ((consumption(view, b, a) ?? 0) < 0 ? b : a), start as Place) };
  });
  const flows = [...groupBy(met, ({ id }) => JSON.stringify(partsOf(id).slice(0, 2))).values()].map((flow) => {
    const all = neighbours(view, flow);
    const told = all.filter(([a, b]) => isComparable(view, a.id, b.id));
    const apart = all.filter((pair) => !told.includes(pair)).map(([a, b]) => orderBehind(view, flow, a, b) ?? 0);
    const inverted = told.filter(([a, b]) => numberOf(a) > numberOf(b)).length;
    // Pairs in the wrong order that neighbours do not show.
    const hidden = inverted === 0 ? apart.filter((order) => order < 0).length : 0;
    const isBare = told.length === 0 && hidden === 0 && apart.some((order) => order > 0);
    return { pairs: told.length + hidden + (isBare ? 1 : 0), inversions: inverted + hidden };
  });
  const pairs = flows.reduce((sum, flow) => sum + flow.pairs, 0);
  const inversions = flows.reduce((sum, flow) => sum + flow.inversions, 0);
  return {
    kept: pairs === 0 ? null : inversions === 0,
    flows: flows.filter((flow) => flow.pairs > 0).length,
    pairs,
    inversions,
    flowsBroken: flows.filter((flow) => flow.inversions > 0).length,
  };
};

type Met = { readonly id: string; readonly place: Place };
const numberOf = ({ id }: Met): number => partsOf(id)[2];
const roleOf = (view: View, reader: string): string => view.roles.get(reader) ?? 'live';

/**
 * For two neighbours whose calls overlap: how the second is ordered against earlier records in the shard of the first.
 * Negative: out of order; positive: in order; undefined: unknown.
 */
const orderBehind = (view: View, flow: readonly Met[], { place }: Met, next: Met): number | undefined => {
  const putsOf = ({ id }: Met) => view.attempts.filter((attempt) => attempt.id === id);
  const [own] = putsOf(next);
  const before = flow.filter((c) => c.place.shard === place.shard && c !== next && comparePlaces(c.place, place) <= 0);
  let isKnown = false;
  for (const other of before) {
    const [first] = putsOf(other);
    if (own === undefined || first === undefined) continue;
    const isTogether = putsOf(other).some(({ put }) => putsOf(next).some((one) => one.put.op === put.op));
    if (first.sent > own.answered || (isTogether && numberOf(other) > numberOf(next))) return -1;
    if (isTogether || first.answered < own.sent) isKnown = true;
  }
  return isKnown ? 1 : undefined;
};

/**
 * Pairs with no third record of the flow between them, in consumption order. At one place the smaller number comes
 * first.
 */
const neighbours = (view: View, flow: readonly Met[]): readonly (readonly [Met, Met])[] => {
  const isBefore = (a: Met, b: Met): boolean => {
    if (a.place.shard !== b.place.shard) return isAncestor(view, a.place.shard, b.place.shard);
    const compared = comparePlaces(a.place, b.place);
    return compared < 0 || (compared === 0 && numberOf(a) < numberOf(b));
  };
  return flow.flatMap((a) =>
    flow
      .filter((b) => isBefore(a, b) && !flow.some((c) => isBefore(a, c) && isBefore(c, b)))
      .map((b) => [a, b] as const),
  );
};
