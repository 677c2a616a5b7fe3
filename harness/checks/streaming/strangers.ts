import { pushTo } from '../../lib/push-to.ts';
import { itemBit, type LineColumns, rareBit } from '../../model/line-columns.ts';
import { areSame, limbsPer } from '../../model/sequences.ts';
import type { StrangePlaces } from '../index/totals.ts';
import type { Delivered } from './delivered.ts';
import { takeDigest } from './read-item.ts';
import type { ShardFront } from './shard-front.ts';

/** In place of the flow of a record: others wrote it, on a shared stream. Contract, 9: only its place counts. */
export const strange = -2;

const identity = itemBit.n | itemBit.producer | itemBit.idKey | itemBit.sub | rareBit;

/** A record of a page that has a key and nothing that tells whose it is. */
export const isStrange = (has: number): boolean => (has & (identity | itemBit.name)) === itemBit.name;

/** It, into `to`. */
export const takeStrange = (to: Delivered, hot: LineColumns, item: number): void => {
  const has = hot.has[item] as number;
  takeDigest(to, hot, item, has);
  to.flow = strange;
  to.n = 0;
  to.sub = 0;
  to.arrival = (has & itemBit.arrival) === 0 ? Number.NaN : (hot.arrival[item] as number);
};

/** The places that a second reading keeps, because a record of others there is part of what is found. */
export class KeptStrangers {
  /** By shard. */
  readonly #kept = new Map<number, Int32Array[]>();

  keep(shard: number, place: Int32Array): void {
    pushTo(this.#kept, shard, place);
  }

  holds(shard: number, limbs: Int32Array, item: number): boolean {
    return this.#kept.get(shard)?.some((place) => areSame(place, 0, limbs, item * limbsPer)) === true;
  }
}

/** How many were read in these shards, each place once; undefined: none. */
export const strangePlaces = (shards: readonly ShardFront[]): StrangePlaces | undefined => {
  const met = shards.filter(({ strangers }) => strangers > 0);
  if (met.length === 0) return undefined;
  return { found: met.reduce((sum, { strangers }) => sum + strangers, 0), shards: met.map(({ id }) => id) };
};
