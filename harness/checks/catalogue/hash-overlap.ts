import type { Check } from '../check.ts';
import { noTopology } from '../index/families.ts';
import { seamsOf } from '../index/tiling.ts';
import { atLine } from './phrases.ts';

/** F1: hash keys that two open shards hold. */
export const hashOverlap: Check = {
  summary: 'two open shards of an ACTIVE stream cover the same hash keys',
  source:
    '"each shard has a hash key range; the ranges of a stream\'s open shards cover 0 to 2^128-1" (SDK, HashKeyRange), each key in one of them',
  example: 'shards 0 … 10 and 10 … 2^128-1',
  expect: 'forbid',
  streaming: 'settled',
  causes: ['A parent is still open beside its children.', 'A shard was split twice from an old list (stale snapshot).'],
  todo: ['Wait until the stream is ACTIVE before the next reshard.', 'Ask ListShards again; report the two shards.'],
  notApplicable: noTopology,
  find: (view) =>
    seamsOf(view)
      .filter(({ kind }) => kind === 'overlap')
      .map(({ line, range, shards }) => ({
        kind: null,
        blame: 'service-write' as const,
        shards: shards.map((shard) => view.tables.shards.find(shard)),
        tell: () => ({
          sentence: `The topology on ${atLine(line)} says the stream is ACTIVE; however ${shards.join(' and ')} are both open and both hold the hash keys ${range[0]} to ${range[1]}.`,
          evidence: { from: String(range[0]), to: String(range[1]), shards },
          witness: [line],
        }),
      })),
};
