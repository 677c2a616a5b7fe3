import type { Claim } from '../../claim.ts';
import { must, setUp } from '../../outcome.ts';
import { isSame, listed, numbered, textsOf } from '../../probe-asserts.ts';

export const putRecordsNaturalOrder: Claim = {
  area: 'writes',
  wording: 'attempts to process all records in the natural order of the request',
  source: 'DG22 developing-producers-with-sdk',
  probe: async (probe) => {
    const stream = await probe.stream();
    const datas = numbered(60);
    const Records = datas.map((data) => ({ PartitionKey: 'k', Data: Buffer.from(data) }));
    setUp(await stream.call('PutRecords', { Records }), 'PutRecords of 60');
    const read = textsOf(await stream.stored(datas.length));
    must(isSame(read, datas), `put a0 to a59 in one call, read ${listed(read)}`);
    return 'one call of 60 records of one key is read in its order';
  },
};
