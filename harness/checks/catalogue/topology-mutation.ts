import type { ShardInfo } from '../../model/event.ts';
import { isReversed } from '../../model/hash-key.ts';
import type { Check, Found } from '../check.ts';
import { isOpenShard, noTopology } from '../index/families.ts';
import type { View } from '../index/view.ts';
import { atLine, inOrder } from './phrases.ts';

/**
 * F6: one shard id, told differently: its range, its parents or its starting number change, it opens again, or one
 * list holds it twice.
 */
export const topologyMutation: Check = {
  summary: 'a shard id refers to another shard than before',
  source: '"ShardId: The unique identifier of the shard within the stream" (SDK, Shard)',
  example: 'shard 1 holds 0 … 49 in one topology and 50 … 99 in the next',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The engine gives the id of a closed shard to a new one.',
    'The stream was deleted and made again under the same name during the run.',
  ],
  todo: ['Use a stream of its own name for each run.', 'Report both lists on their lines.'],
  notApplicable: noTopology,
  find: function* (view: View): Generator<Found> {
    const known = new Map<string, { readonly info: ShardInfo; readonly line: number }>();
    const said = new Set<string>();
    for (const { event, line } of view.tables.snapshots) {
      for (const info of event.shards) {
        const before = known.get(info.shard);
        const change = before === undefined ? undefined : changeOf(before.info, info);
        if (before !== undefined && change !== undefined && !said.has(info.shard)) {
          said.add(info.shard);
          yield found(view, info.shard, change, [before.line, line]);
        }
        known.set(info.shard, { info: withRange(info, before?.info), line });
      }
    }
  },
};

/**
 * Keeps the range before if the new one is reversed: that is another finding, and tells nothing of the shard.
 * Contract, 22.
 */
const withRange = (info: ShardInfo, before: ShardInfo | undefined): ShardInfo =>
  before !== undefined && isReversed(info.range) ? { ...info, range: before.range } : info;

const areDifferent = (one: ShardInfo['range'], other: ShardInfo['range']): boolean =>
  !isReversed(one) &&
  !isReversed(other) &&
  (BigInt(one[0]) !== BigInt(other[0]) || BigInt(one[1]) !== BigInt(other[1]));

const changeOf = (before: ShardInfo, after: ShardInfo): string | undefined => {
  if (areDifferent(before.range, after.range)) {
    return `its range was ${before.range.join(' to ')} and is ${after.range.join(' to ')}`;
  }
  const [old, now] = [[...(before.parents ?? [])].sort().join(', '), [...(after.parents ?? [])].sort().join(', ')];
  if (old !== now) return `its parents were ${old || 'none'} and are ${now || 'none'}`;
  const [start, begin] = [before.seq?.[0], after.seq?.[0]];
  if (start !== undefined && begin !== undefined && BigInt(start) !== BigInt(begin))
    return `it started at ${start} and starts at ${begin}`;
  return !isOpenShard(before) && isOpenShard(after) ? 'it was closed and is open again' : undefined;
};

const found = (view: View, shard: string, change: string, lines: readonly number[]): Found => ({
  kind: null,
  blame: 'service-write',
  shards: [view.tables.shards.find(shard)],
  tell: () => ({
    sentence: `${shard} changed between ${lines.map(atLine).join(' and ')}: ${change}.`,
    evidence: { shard, change },
    witness: inOrder(lines),
  }),
});
