import type { ShardInfo } from '../../../model/event.ts';
import { closed, lower, shard, upper, whole } from '../../generators/history-builder.ts';
import { base, half, ranged, type TopologyCase, top, two, twoKeys } from './topology-cases.ts';

const reversed = 'hash-hole/reversed forbid';
const turned = (info: ShardInfo | undefined): ShardInfo => {
  if (info === undefined) throw new Error('no shard to turn');
  return { ...info, range: [info.range[1], info.range[0]] };
};
const children = [lower(1, [0], ['600', null]), upper(2, [0], ['600', null])];

/** Contract, 22: ranges that start above their end are one finding, and no other about ranges. */
export const reversedRanges: readonly TopologyCase[] = [
  {
    says: '22: both children of a split',
    made: () => base().topology([closed(whole[0], '500'), ...children.map(turned)]),
    found: [reversed],
    with: [{ anomaly: 'hash-hole', kind: 'reversed', blame: 'service-write', shards: [shard(1), shard(2)] }],
  },
  {
    says: '22: one child of a split',
    made: () => base().topology([closed(whole[0], '500'), turned(children[0]), children[1] as ShardInfo]),
    found: [reversed],
    with: [{ shards: [shard(1)], evidence: { from: String(half - 1n), to: '0', reversed: [shard(1)] } }],
  },
  {
    says: '22: a parent that is closed',
    made: () => base().topology([turned(closed(whole[0], '500')), ...children]),
    found: [reversed],
  },
  {
    says: '22: the child of a merge',
    made: () =>
      base({}, two).topology([
        closed(lower(0), '500'),
        closed(upper(1), '500'),
        ranged(2, top, 0n, [0, 1], ['600', null]),
      ]),
    found: [reversed],
  },
  {
    says: '22: in the first list, with records in it: nothing leads into it or elsewhere',
    made: () => twoKeys({}, [turned(lower(0)), upper(1)]),
    found: [reversed],
  },
  {
    says: '22: in each of several lists it is told once',
    made: () => base({}, [turned(whole[0])]).topology([turned(whole[0])]),
    found: [reversed],
  },
  {
    says: '22: another shard in a later list is told by itself',
    made: () => base({}, [turned(lower(0)), upper(1)]).topology([turned(lower(0)), turned(upper(1))]),
    found: [reversed, reversed],
  },
  {
    says: '22: nothing else is said of the ranges of its list',
    made: () => base({}, [ranged(0, 0n, half), ranged(1, half, top - 1n), ranged(2, 9n, 8n)]),
    found: [reversed],
  },
  {
    says: '22: a list before it is judged as it is',
    made: () => base({}, [ranged(0, 0n, top - 1n)]).topology([turned(ranged(0, 0n, top - 1n))]),
    found: ['hash-hole forbid', reversed],
  },
  {
    says: '22: right, upside down, and right again is no other shard',
    made: () =>
      base()
        .topology([turned(whole[0])])
        .topology(whole),
    found: [reversed],
  },
  {
    says: '22: right, upside down, and then another range',
    made: () =>
      base({}, two)
        .topology([turned(lower(0)), upper(1)])
        .topology([ranged(0, 0n, half - 2n), ranged(1, half - 1n, top)]),
    found: [`${reversed} <topology-mutation`, 'topology-mutation forbid', 'topology-mutation forbid'],
  },
  {
    says: '22: while the stream is UPDATING it is nothing',
    made: () => base().topology([turned(whole[0])], 'UPDATING'),
    found: [],
  },
  {
    says: '22: a range of one hash key is none',
    made: () => base({}, [ranged(0, 0n, top - 1n), ranged(1, top, `0${top}`)]),
    found: [],
  },
  {
    says: '22: children without a known parent stay what they are',
    made: () =>
      base().topology([closed(whole[0], '500'), turned(lower(1, [], ['600', null])), upper(2, [0], ['600', null])]),
    found: ['bad-parentage forbid', 'bad-parentage forbid', reversed],
  },
];
