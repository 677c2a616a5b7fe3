import { compareSequence } from '../../../model/sequence-number.ts';
import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';

/** Each put is sent after the answer to the previous one, which is not the "quick succession" that AWS excepts. */
export const sequenceNumbersIncrease: Claim = {
  area: 'writes',
  wording:
    'Sequence numbers increase over time and are specific to a shard within a stream, not across all shards within a stream.',
  source: 'SDK PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    const last = new Map<string, string>();
    for (let n = 0; n < 12; n += 1) {
      const { shard, seq } = await stream.put({ key: `k${n}`, data: `${n}` });
      const before = last.get(shard);
      must(
        before === undefined || compareSequence(before, seq) < 0,
        `in ${shard} a later put got ${seq}, an earlier ${before}`,
      );
      last.set(shard, seq);
    }
    return 'twelve serial puts got increasing numbers in each shard';
  },
};
