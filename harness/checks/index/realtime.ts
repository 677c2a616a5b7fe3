import { oncePer } from '../../lib/once-per.ts';
import { clockSkewOf } from './clocks.ts';
import { sortRuns } from './sort-runs.ts';
import { outcome } from './tables.ts';
import type { View } from './view.ts';

/** `earlier` was acknowledged before `entry` was sent, and has a higher place. */
export type Inversion = { readonly earlier: number; readonly entry: number };

export type Realtime = {
  /** Of one flow, in one shard or in shards related by lineage: the earlier one is the largest of its shard. */
  readonly ofFlow: readonly Inversion[];
  /** Of one shard, over all producers. */
  readonly ofShard: readonly Inversion[];
};

/**
 * One sweep over puts and answers in the order of their lines, with the largest place acknowledged so far, per flow
 * and per shard. Sentinels stand apart.
 */
export const realtimeOf = oncePer((view: View): Realtime => new Sweep(view).run());

const several = -2;

class Sweep {
  readonly #view: View;
  readonly #ofFlow: Inversion[] = [];
  readonly #ofShard: Inversion[] = [];
  readonly #flowTop: Int32Array;
  /** Flows that were acknowledged in more than one shard: the largest of each, by shard. */
  readonly #wide = new Map<number, Map<number, number>>();
  /** The largest of these by its number alone, in any shard. */
  readonly #wideTop = new Map<number, number>();
  readonly #shardTop: Int32Array;

  constructor(view: View) {
    this.#view = view;
    this.#flowTop = new Int32Array(view.tables.records.flows).fill(-1);
    this.#shardTop = new Int32Array(view.tables.shards.size).fill(-1);
  }

  run(): Realtime {
    const { tables } = this.#view;
    const answered = this.#byAnswer();
    let next = 0;
    for (let op = 0; op < tables.opLine.length; op += 1) {
      const line = tables.opLine.at(op);
      for (; next < answered.length && tables.opAckLine.at(answered[next] ?? 0) < line; next += 1)
        this.#note(answered[next] ?? 0);
      this.#look(op);
    }
    return { ofFlow: this.#ofFlow, ofShard: this.#ofShard };
  }

  #byAnswer(): Int32Array {
    const { opAckLine, opLine } = this.#view.tables;
    const ops = Int32Array.from({ length: opLine.length }, (_, op) => op).filter((op) => opAckLine.at(op) > 0);
    return sortRuns(ops, (a, b) => opAckLine.at(a) - opAckLine.at(b)).items;
  }

  #note(op: number): void {
    const { tables } = this.#view;
    if (tables.opSentinel.at(op) === 1) return;
    const first = tables.opFirst.at(op);
    for (let entry = first; entry < first + tables.opCount.at(op); entry += 1) {
      if (tables.entryStatus.at(entry) !== outcome.ok) continue;
      const shard = tables.entryShard.at(entry);
      if (this.#isHigher(entry, this.#shardTop[shard] ?? -1)) this.#shardTop[shard] = entry;
      this.#noteFlow(entry, tables.entryFlow.at(entry), shard);
    }
  }

  #noteFlow(entry: number, flow: number, shard: number): void {
    const { entryShard } = this.#view.tables;
    const top = this.#flowTop[flow] ?? -1;
    if (top === -1 || (top >= 0 && entryShard.at(top) === shard)) {
      if (this.#isHigher(entry, top)) this.#flowTop[flow] = entry;
      return;
    }
    const tops = this.#wide.get(flow) ?? new Map([[entryShard.at(top), top]]);
    this.#wide.set(flow, tops);
    this.#flowTop[flow] = several;
    if (this.#isHigher(entry, tops.get(shard) ?? -1)) tops.set(shard, entry);
    const { tables } = this.#view;
    const highest = this.#wideTop.get(flow) ?? top;
    this.#wideTop.set(flow, tables.compareEntries(entry, highest) > 0 ? entry : highest);
  }

  #isHigher(entry: number, top: number): boolean {
    const { ofEntry } = this.#view.positions;
    return top < 0 || (ofEntry[entry] ?? -1) > (ofEntry[top] ?? -1);
  }

  /** Compares the places of a call with what was acknowledged before the call was sent. */
  #look(op: number): void {
    const { tables } = this.#view;
    if (tables.opSentinel.at(op) === 1) return;
    const first = tables.opFirst.at(op);
    for (let entry = first; entry < first + tables.opCount.at(op); entry += 1) {
      if (tables.entryStatus.at(entry) !== outcome.ok) continue;
      const top = this.#shardTop[tables.entryShard.at(entry)] ?? -1;
      // The same place again is one place acknowledged twice: another check finds that.
      if (top >= 0 && (this.#view.positions.ofEntry[entry] ?? -1) < (this.#view.positions.ofEntry[top] ?? -1)) {
        if (this.#isSurelyBefore(top, op)) this.#ofShard.push({ earlier: top, entry });
      }
      const flow = tables.entryFlow.at(entry);
      const own = this.#flowTop[flow] ?? -1;
      const earlier = own === several ? this.#topAbove(entry, flow) : own;
      if (earlier !== undefined && earlier >= 0 && this.#isNotAbove(entry, earlier))
        this.#ofFlow.push({ earlier, entry });
    }
  }

  /** True if it was answered before the call was sent, even if two producers have clocks of their own. */
  #isSurelyBefore(entry: number, op: number): boolean {
    const { tables } = this.#view;
    const skew = clockSkewOf(tables.head);
    const producerOf = (one: number): number => tables.records.flowProducer.at(tables.entryFlow.at(one));
    if (skew === 0 || producerOf(entry) === producerOf(tables.opFirst.at(op))) return true;
    return tables.opAckT.at(tables.entryOp.at(entry)) + skew < tables.opT.at(op);
  }

  #topAbove(entry: number, flow: number): number | undefined {
    const { lineage, tables } = this.#view;
    if (tables.compareEntries(entry, this.#wideTop.get(flow) ?? entry) > 0) return undefined;
    const tops = this.#wide.get(flow);
    const shard = tables.entryShard.at(entry);
    // A shard without parents and children is compared with itself alone.
    if ((lineage.shards[shard]?.parents.length ?? 0) + (lineage.children[shard]?.length ?? 0) === 0)
      return tops?.get(shard);
    for (const other of tops?.values() ?? []) if (this.#isNotAbove(entry, other)) return other;
    return undefined;
  }

  /**
   * True if `entry` is not above `earlier`. In one shard, places are compared; across related shards, sequence
   * numbers.
   */
  #isNotAbove(entry: number, earlier: number): boolean {
    const { tables, positions, lineage } = this.#view;
    const [shard, other] = [tables.entryShard.at(entry), tables.entryShard.at(earlier)];
    if (shard === other) return (positions.ofEntry[entry] ?? -1) <= (positions.ofEntry[earlier] ?? -1);
    return tables.compareEntries(entry, earlier) <= 0 && lineage.isRelated(other, shard);
  }
}
