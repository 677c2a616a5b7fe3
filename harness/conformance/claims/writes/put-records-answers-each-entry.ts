import type { Claim } from '../../claim.ts';
import { must, setUp } from '../../outcome.ts';
import { at, numbered } from '../../probe-asserts.ts';

/** Place n of the answer must hold record n of the request, over several shards (kinesis-mock 0.1.6 mixed them up). */
export const putRecordsAnswersEachEntry: Claim = {
  area: 'writes',
  wording:
    'Each record in the response array directly correlates with a record in the request array using natural ordering, from the top to the bottom of the request and response.',
  source: 'SDK PutRecords',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 3 });
    const datas = numbered(20);
    const Records = datas.map((data, n) => ({ PartitionKey: `key-${n % 7}`, Data: Buffer.from(data) }));
    const results = setUp(await stream.call('PutRecords', { Records }), 'PutRecords of 20').Records ?? [];
    const stored = await stream.stored(datas.length);
    datas.forEach((data, n) => {
      const place = { shard: String(results[n]?.ShardId), seq: String(results[n]?.SequenceNumber) };
      const found = at(stored, place)?.text;
      must(
        found === data,
        `result ${n} names ${place.shard} ${place.seq}, where ${found ?? 'nothing'} lies, not ${data}`,
      );
    });
    return '20 results name the places of their 20 entries';
  },
};
