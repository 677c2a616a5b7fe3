import { oncePer } from '../../lib/once-per.ts';
import type { ShardInfo } from '../../model/event.ts';
import { hashKeyMax, isReversed } from '../../model/hash-key.ts';
import { isOpenShard, restingSnapshots } from './families.ts';
import type { View } from './view.ts';

export type Seam = {
  /** reversed: shards whose ranges start above their end. */
  readonly kind: 'hole' | 'overlap' | 'reversed';
  readonly line: number;
  /** First and last hash key that no shard holds, or more than one; or the first reversed range, as it is declared. */
  readonly range: readonly [bigint, bigint];
  /** Shards beside a hole, that overlap, or that are reversed. */
  readonly shards: readonly string[];
};

/**
 * Where the open shards of an ACTIVE stream do not tile 0 … 2^128-1: each seam once, with the first topology that
 * shows it. Of a list with reversed ranges nothing else is said. Contract, 22.
 */
export const seamsOf = oncePer((view: View): readonly Seam[] => {
  const seams = new Map<string, Seam>();
  const upsideDown = new Set<string>();
  for (const { event, line } of restingSnapshots(view)) {
    const reversed = event.shards.filter(({ range }) => isReversed(range));
    const told = reversed.filter(({ shard }) => !upsideDown.has(shard));
    for (const { shard } of told) upsideDown.add(shard);
    for (const seam of reversed.length > 0 ? reversedIn(told, line) : seamsIn(event.shards, line)) {
      const name = `${seam.kind} ${seam.range.join(' ')} ${seam.shards.join(' ')}`;
      if (!seams.has(name)) seams.set(name, seam);
    }
  }
  return [...seams.values()];
});

function* reversedIn(shards: readonly ShardInfo[], line: number): Generator<Seam> {
  const [first] = shards;
  if (first === undefined) return;
  const range = [BigInt(first.range[0]), BigInt(first.range[1])] as const;
  yield { kind: 'reversed', line, range, shards: [...new Set(shards.map(({ shard }) => shard))] };
}

type Open = { readonly shard: string; readonly first: bigint; readonly last: bigint };

/** In whatever order a list names its shards: those that begin together by their names. */
const byRange = (a: Open, b: Open): number => {
  if (a.first !== b.first) return a.first < b.first ? -1 : 1;
  return a.shard < b.shard ? -1 : a.shard > b.shard ? 1 : 0;
};

function* seamsIn(shards: readonly ShardInfo[], line: number): Generator<Seam> {
  const open = shards
    .filter(isOpenShard)
    .map((info): Open => ({ shard: info.shard, first: BigInt(info.range[0]), last: BigInt(info.range[1]) }))
    .sort(byRange);
  let next = 0n;
  let holder: string | undefined;
  for (const { shard, first, last } of open) {
    const beside = holder === undefined ? [shard] : [holder, shard];
    if (first > next) yield { kind: 'hole', line, range: [next, first - 1n], shards: beside };
    if (first < next && holder !== undefined) {
      yield { kind: 'overlap', line, range: [first, last < next ? last : next - 1n], shards: beside };
    }
    if (last + 1n <= next) continue;
    next = last + 1n;
    holder = shard;
  }
  if (next <= hashKeyMax)
    yield { kind: 'hole', line, range: [next, hashKeyMax], shards: holder === undefined ? [] : [holder] };
}
