import { oncePer } from '../../lib/once-per.ts';
import { pushTo } from '../../lib/push-to.ts';
import type { Order } from '../../model/verdict.ts';
import { isComparableIntent } from './intent.ts';
import { IntentBehind } from './intent-behind.ts';
import { nearestAbove } from './kinship.ts';
import { eachOccurrence } from './order.ts';
import { isIntentUnknown } from './sending-order.ts';
import { isPartial } from './totals.ts';
import { comesBefore, readerOfRead, readsOf, roleOf, type View } from './view.ts';

/** The order of keys as readers met it, with the neighbours that nothing compares (contract, rule 26). */
export type OrderKept = { readonly order: Order; readonly unorderedPairs: number };

/**
 * Whether the order of keys reached the readers, no matter who is to blame and what was promised. Contract, "Verdict,
 * additions". Final readers count; if they read nothing, all that are not subjects; else subjects.
 */
export const orderKeptOf = oncePer(
  (view: View): OrderKept => new Neighbours(countedRole(view) === undefined ? view.whole : view).run(),
);

/** The records of one flow in one shard: the first, the last, and what is known of the order of intent. */
type Stretch = {
  readonly shard: number;
  readonly first: number;
  readonly last: number;
  readonly behind: IntentBehind | undefined;
};

class Neighbours {
  readonly #view: View;
  readonly #pairs: Int32Array;
  readonly #inversions: Int32Array;
  /** By flow: neighbours that cannot be compared, but are out of order, or in order, with records before them. */
  readonly #hidden = new Map<number, { inversions: number; pairs: number }>();
  /** By flow: the records that were met in the shard so far. Only if n is the order of first sending. */
  readonly #behind = new Map<number, IntentBehind>();
  #unordered = 0;

  constructor(view: View) {
    const { flows } = view.tables.records;
    this.#view = view;
    this.#pairs = new Int32Array(flows);
    this.#inversions = new Int32Array(flows);
  }

  run(): OrderKept {
    for (const [flow, stretches] of this.#inShards())
      for (const [one, next] of acrossShards(this.#view, stretches)) this.#compare(flow, one.last, next, one.behind);
    this.#showHidden();
    let { flows, pairs } = this.#view.totals;
    let [inversions, flowsBroken] = [0, 0];
    for (const [flow, count] of this.#pairs.entries()) {
      if (isPartial(this.#view, flow)) continue;
      const broken = this.#inversions[flow] ?? 0;
      pairs += count;
      inversions += broken;
      flows += count > 0 ? 1 : 0;
      flowsBroken += broken > 0 ? 1 : 0;
    }
    return {
      order: { kept: pairs === 0 ? null : inversions === 0, flows, pairs, inversions, flowsBroken },
      unorderedPairs: this.#unordered,
    };
  }

  /**
   * Compares neighbours inside each shard. Returns the flows that lie in several shards. Places come shard by shard.
   */
  #inShards(): ReadonlyMap<number, readonly Stretch[]> {
    const { tables, positions } = this.#view;
    const { flows } = tables.records;
    const shards = new Int32Array(flows).fill(-1);
    const firsts = new Int32Array(flows).fill(-1);
    const lasts = new Int32Array(flows).fill(-1);
    const wide = new Map<number, Stretch[]>();
    const stretchOf = (flow: number): Stretch => ({
      shard: shards[flow] ?? -1,
      first: firsts[flow] ?? -1,
      last: lasts[flow] ?? -1,
      behind: this.#behind.get(flow),
    });
    eachOccurrence(this.#view, seenOf(this.#view), (record, position) => {
      const flow = tables.records.flow.at(record);
      const shard = positions.shard.at(position);
      const before = lasts[flow] ?? -1;
      if (before >= 0 && shards[flow] === shard) this.#compare(flow, before, record, this.#behind.get(flow));
      else {
        if (before >= 0) pushTo(wide, flow, stretchOf(flow));
        firsts[flow] = record;
        shards[flow] = shard;
        if (isIntentUnknown(this.#view)) this.#behind.set(flow, new IntentBehind(this.#view));
      }
      lasts[flow] = record;
      this.#behind.get(flow)?.meet(record);
    });
    for (const [flow, stretches] of wide) stretches.push(stretchOf(flow));
    return wide;
  }

  /** `behind`: the records that were met in the shard of `one`, up to it. */
  #compare(flow: number, one: number, next: number, behind: IntentBehind | undefined): void {
    const { n } = this.#view.tables.records;
    const isTold = behind === undefined || isComparableIntent(this.#view, one, next);
    if (!isTold) {
      this.#unordered += 1;
      this.#hide(flow, behind.orderOf(next));
      return;
    }
    this.#pairs[flow] = (this.#pairs[flow] ?? 0) + 1;
    if (n.at(one) > n.at(next)) this.#inversions[flow] = (this.#inversions[flow] ?? 0) + 1;
  }

  #hide(flow: number, order: number | undefined): void {
    if (order === undefined) return;
    const hidden = this.#hidden.get(flow) ?? { inversions: 0, pairs: 0 };
    this.#hidden.set(flow, hidden);
    if (order < 0) hidden.inversions += 1;
    else hidden.pairs += 1;
  }

  /**
   * Adds what neighbours do not show: a flow out of order, and one of which only records further apart are compared.
   */
  #showHidden(): void {
    for (const [flow, hidden] of this.#hidden) {
      const inversions = this.#inversions[flow] === 0 ? hidden.inversions : 0;
      const isBare = this.#pairs[flow] === 0 && inversions === 0 && hidden.pairs > 0;
      const shown = isBare ? 1 : inversions;
      this.#inversions[flow] = (this.#inversions[flow] ?? 0) + inversions;
      this.#pairs[flow] = (this.#pairs[flow] ?? 0) + shown;
      this.#unordered -= shown;
    }
  }
}

/**
 * Pairs the stretch in each shard with the first record in each descendant, if no other shard of the flow is between.
 */
function* acrossShards({ lineage }: View, stretches: readonly Stretch[]): Generator<readonly [Stretch, number]> {
  const byShard = new Map(stretches.map((stretch) => [stretch.shard, stretch]));
  for (const { shard, first } of stretches) {
    const above = nearestAbove(lineage, shard, (other) => byShard.has(other));
    for (const other of above) {
      if (above.some((between) => between !== other && lineage.isAncestor(other, between))) continue;
      const last = byShard.get(other);
      if (last !== undefined) yield [last, first];
    }
  }
}

const roles = ['final', 'live', 'subject'] as const;

/** The earliest place at which the readers that count met a record; -1: they did not. */
const seenOf = (view: View): ((record: number) => number) => {
  const role = countedRole(view);
  if (role === undefined) return () => -1;
  const isOnly = view.tables.chains.every(({ reader }) => roleOf(view, reader) === role);
  if (isOnly) return (record) => view.firstSeen.at(record);
  return (record) => {
    let seen = -1;
    for (const read of readsOf(view, record)) {
      if (roleOf(view, readerOfRead(view, read)) !== role) continue;
      const position = view.positions.ofRead[read] ?? -1;
      if (seen < 0 || comesBefore(view, position, seen)) seen = position;
    }
    return seen;
  };
};

/** The role of the readers that count, of those that delivered a record; undefined: none did. */
const countedRole = (view: View): (typeof roles)[number] | undefined => {
  const met = new Set<string>();
  const { tables } = view;
  for (let page = 0; page < tables.pageLine.length; page += 1) {
    if (tables.pageCount.at(page) > 0) met.add(roleOf(view, tables.chains[tables.pageChain.at(page)]?.reader ?? -1));
  }
  return roles.find((role) => met.has(role));
};
