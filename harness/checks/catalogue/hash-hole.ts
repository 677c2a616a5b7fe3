import type { Check, Told } from '../check.ts';
import { noTopology } from '../index/families.ts';
import { type Seam, seamsOf } from '../index/tiling.ts';
import { atLine } from './phrases.ts';

/** F1: hash keys that no open shard holds. Ranges that start above their end are its kind `reversed`. Contract, 22. */
export const hashHole: Check = {
  summary: 'no open shard of an ACTIVE stream covers some of the hash keys',
  source:
    '"each shard has a hash key range; the ranges of a stream\'s open shards cover 0 to 2^128-1" (SDK, HashKeyRange; the KCL refuses such a shard list too)',
  example: 'shards 0 … 9 and 11 … 2^128-1',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'A merge or a split was computed with ranges that end one key too early.',
    'A list that came in pages was cut.',
  ],
  todo: [
    'Ask ListShards again, with every NextToken.',
    'Report it with the list on its line: keys in the hole go nowhere.',
  ],
  notApplicable: noTopology,
  find: (view) =>
    seamsOf(view)
      .filter(({ kind }) => kind !== 'overlap')
      .map((seam) => ({
        kind: seam.kind === 'reversed' ? 'reversed' : null,
        blame: 'service-write' as const,
        shards: seam.shards.map((shard) => view.tables.shards.find(shard)),
        tell: () => ({ ...(seam.kind === 'reversed' ? reversed(seam) : hole(seam)), witness: [seam.line] }),
      })),
};

type Words = Pick<Told, 'sentence' | 'evidence'>;

const hole = ({ line, range, shards }: Seam): Words => ({
  sentence: `The topology on ${atLine(line)} says the stream is ACTIVE; however no open shard holds the hash keys ${range[0]} to ${range[1]}.`,
  evidence: { from: String(range[0]), to: String(range[1]), beside: shards },
});

const reversed = ({ line, range, shards: [first, ...others] }: Seam): Words => ({
  sentence: `The topology on ${atLine(line)} says the stream is ACTIVE; however ${first} declares hash keys from ${range[0]} to ${range[1]}: its start lies above its end${others.length === 0 ? '' : `, and so does that of ${others.join(', ')}`}.`,
  evidence: { from: String(range[0]), to: String(range[1]), reversed: [first, ...others] },
});
