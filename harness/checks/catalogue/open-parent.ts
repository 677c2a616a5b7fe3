import type { Check, Found } from '../check.ts';
import { childrenIn, isOpenShard, noReshard, restingSnapshots } from '../index/families.ts';
import type { View } from '../index/view.ts';
import { atLine } from './phrases.ts';

/** F2: a shard that has children and is still open, or was split or merged twice. */
export const openParent: Check = {
  summary: 'a shard with children is still open, or was resharded twice',
  source:
    '"SplitShard: Splits a shard into two new shards … the parent is CLOSED" (SDK; the KCL refuses an open parent with children too)',
  example: 'shard 1 names shard 0 as its parent; shard 0 has no ending sequence number',
  expect: 'forbid',
  streaming: 'settled',
  causes: [
    'The list was taken while the reshard was under way, though the stream says ACTIVE.',
    'A shard was resharded twice.',
  ],
  todo: ['Wait for DescribeStreamSummary to say ACTIVE, then list.', 'Let one process reshard a stream.'],
  notApplicable: noReshard,
  find: function* (view: View): Generator<Found> {
    const said = new Set<string>();
    for (const { event, line } of restingSnapshots(view)) {
      const children = childrenIn(event.shards);
      for (const info of event.shards) {
        const mine = children.get(info.shard) ?? [];
        if (mine.length === 0 || said.has(info.shard)) continue;
        const says = isOpenShard(info)
          ? 'is still open'
          : isTwice(mine.map(({ parents }) => parents.length))
            ? 'was resharded more than once'
            : undefined;
        if (says === undefined) continue;
        said.add(info.shard);
        yield found(view, { line, shard: info.shard, children: mine.map(({ shard }) => shard), says });
      }
    }
  },
};

/** True unless the children are one merged child, or the two of a split. */
const isTwice = (parents: readonly number[]): boolean =>
  parents.length > 2 || (parents.length === 2 && parents.some((count) => count > 1));

type Open = {
  readonly line: number;
  readonly shard: string;
  readonly children: readonly string[];
  readonly says: string;
};

const found = (view: View, { line, shard, children, says }: Open): Found => ({
  kind: null,
  blame: 'service-write',
  shards: [shard, ...children].map((name) => view.tables.shards.find(name)),
  tell: () => ({
    sentence: `The topology on ${atLine(line)} names ${shard} as the parent of ${children.join(', ')}; however ${shard} ${says}.`,
    evidence: { parent: shard, children, says },
    witness: [line],
  }),
});
