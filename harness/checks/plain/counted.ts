import { Floats, Ints } from '../../lib/columns.ts';
import type { Tables } from '../view/tables.ts';
import { mustBe } from './not-plain.ts';
import type { ShardFront } from './shard-front.ts';

/** A record that is kept to ask the checks about. */
export type Sample = {
  readonly flow: number;
  readonly n: number;
  readonly shard: number;
  readonly limbs: Float64Array;
  readonly digest: readonly [number, number] | undefined;
};

type Read = { readonly flow: number; readonly n: number; readonly shard: ShardFront };

/** What was read of the workload: how much, in which shard each key lies, and two records to show. */
export class Counted {
  read = 0;
  /** Records that have one of their flow before them. */
  pairs = 0;
  readonly keyShard = new Ints();
  readonly sample: Sample[] = [];
  readonly #reads = new Floats();
  readonly #firsts = new Map<number, Sample>();

  note(tables: Tables, record: Read): void {
    const { flow, shard } = record;
    this.read += 1;
    while (this.#reads.length <= flow) this.#reads.push(0);
    const reads = this.#reads.at(flow);
    if (reads > 0) this.pairs += 1;
    this.#reads.set(flow, reads + 1);
    const key = tables.records.flowKey.at(flow);
    while (this.keyShard.length <= key) this.keyShard.push(-1);
    const known = this.keyShard.at(key);
    if (known < 0) this.keyShard.set(key, shard.id);
    mustBe(known < 0 || known === shard.id, 'a key in two shards');
    if (this.sample.length < 2) this.#keep(tables, record);
  }

  /** Two records of the first flow of which two are read. */
  #keep({ digest: { kind, high, low } }: Tables, { flow, n, shard }: Read): void {
    const limbs = shard.last.slice();
    const one: Sample = { flow, n, shard: shard.id, limbs, digest: kind === 0 ? undefined : [high, low] };
    const first = this.#firsts.get(flow);
    if (first === undefined) {
      this.#firsts.set(flow, one);
      return;
    }
    this.sample.push(first, one);
    this.#firsts.clear();
  }
}
