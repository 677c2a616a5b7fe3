import type { Claim } from '../../claim.ts';
import { must } from '../../outcome.ts';
import { at } from '../../probe-asserts.ts';

export const putRecordAnswersItsPlace: Claim = {
  area: 'writes',
  wording:
    'PutRecord returns the shard ID of where the data record was placed and the sequence number that was assigned to the data record.',
  source: 'SDK PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    for (const key of ['a', 'b', 'c', 'd']) {
      const place = await stream.put({ key, data: `of ${key}` });
      const found = at(await stream.stored(1), place);
      must(found !== undefined, `no record is stored at ${place.shard} ${place.seq}, the place that was answered`);
      must(found.text === `of ${key}`, `at the answered place lies '${found.text}', not what was put`);
    }
    return 'four records lie where the answers said';
  },
};
