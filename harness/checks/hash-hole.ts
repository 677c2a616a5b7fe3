import type { Check } from './check.ts';
import { noTopology } from './view/families.ts';
import { seamsOf } from './view/tiling.ts';
import { atLine } from './words.ts';

/** F1: hash keys that no open shard holds. */
export const hashHole: Check = {
  summary: 'the open shards of an ACTIVE stream leave hash keys to nobody',
  source:
    '"each shard has a hash key range; the ranges of a stream\'s open shards cover 0 to 2^128-1" (SDK, HashKeyRange; the KCL refuses such a shard list too)',
  example: 'shards 0 … 9 and 11 … 2^128-1',
  expect: 'forbid',
  notApplicable: noTopology,
  find: (view) =>
    seamsOf(view)
      .filter(({ kind }) => kind === 'hole')
      .map(({ line, range, shards }) => ({
        kind: null,
        blame: 'service-write' as const,
        shards: shards.map((shard) => view.tables.shards.find(shard)),
        tell: () => ({
          sentence: `The topology on ${atLine(line)} says the stream is ACTIVE; however no open shard holds the hash keys ${range[0]} to ${range[1]}.`,
          evidence: { from: String(range[0]), to: String(range[1]), beside: shards },
          witness: [line],
        }),
      })),
};
