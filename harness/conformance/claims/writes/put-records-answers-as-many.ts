import type { Claim } from '../../claim.ts';
import { must, setUp } from '../../outcome.ts';

export const putRecordsAnswersAsMany: Claim = {
  area: 'writes',
  wording: 'The response Records array always includes the same number of records as the request array.',
  source: 'SDK PutRecords',
  probe: async (probe) => {
    const stream = await probe.stream({ shards: 2 });
    for (const size of [1, 2, 33]) {
      const Records = Array.from({ length: size }, (_, n) => ({ PartitionKey: `k${n}`, Data: Buffer.from(`${n}`) }));
      const output = setUp(await stream.call('PutRecords', { Records }), `PutRecords of ${size}`);
      must(output.Records?.length === size, `${size} records were put and ${output.Records?.length} results came`);
    }
    const stored = await stream.stored(36);
    must(stored.length === 36, `36 records were put and ${stored.length} are stored`);
    return '1, 2 and 33 results for as many records';
  },
};
