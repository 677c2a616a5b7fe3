import type { CallsApart } from '../index/totals.ts';
import { listedMax } from '../judge/listed.ts';
import type { Apart } from './call-runs.ts';
import type { KeptForeign } from './kept-foreign.ts';
import type { Spill } from './spills.ts';

type PartApart = { readonly shard: number; readonly apart: Apart };

/**
 * Counts calls whose records lie apart, once for each shard. Of the calls that were sent first, as many as a verdict
 * lists, it keeps the records that show it.
 */
export class KeptApart {
  /** The first calls that were sent, ascending, with what was found of each. */
  readonly #first: { readonly call: number; readonly parts: PartApart[] }[] = [];
  readonly #shards = new Set<number>();
  #found = 0;

  get isAny(): boolean {
    return this.#found > 0;
  }

  note(shard: number, apart: Apart): void {
    this.#found += 1;
    this.#shards.add(shard);
    const at = this.#first.findLastIndex(({ call }) => call <= apart.call);
    if (this.#first[at]?.call === apart.call) this.#first[at].parts.push({ shard, apart });
    else if (at + 1 < listedMax) this.#first.splice(at + 1, 0, { call: apart.call, parts: [{ shard, apart }] });
    if (this.#first.length > listedMax) this.#first.pop();
  }

  /** Called after the last line. */
  keep(spill: Spill, foreign: KeptForeign): void {
    for (const { shard, apart } of this.#first.flatMap(({ parts }) => parts)) {
      for (const record of [apart.first, apart.between, apart.last]) {
        if (record.place === undefined) spill(record, why);
        else foreign.keep(shard, record.place);
      }
    }
  }

  /**
   * `opOf` returns the number of a call; undefined if it is no longer known. Returns a text if a number is missing.
   */
  said(opOf: (call: number) => number | undefined): CallsApart | undefined | string {
    if (this.#found === 0) return undefined;
    const ops = this.#first.map(({ call }) => opOf(call));
    if (ops.some((op) => op === undefined)) return 'calls apart whose numbers are not known any more';
    return { found: this.#found, ops: ops as readonly number[], shards: [...this.#shards] };
  }
}

const why = 'records of others between those of one call';
