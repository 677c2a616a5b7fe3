import type { Claim } from '../../claim.ts';
import { accepted, must, refused } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const getRecordsLimitRange: Claim = {
  area: 'limits',
  wording:
    'Specify a value of up to 10,000. If you specify a value that is greater than 10,000, GetRecords throws InvalidArgumentException.',
  source: 'SDK GetRecordsInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const { shard } = await stream.put({ key: 'k', data: 'x' });
    await stream.stored(1);
    const read = async (Limit: number) =>
      probe.call('GetRecords', { ShardIterator: await stream.iterator(shard), Limit });
    const output = accepted(await read(10_000), 'GetRecords with Limit 10000');
    must(output.Records?.length === 1, `Limit 10000 reads ${output.Records?.length} records of one`);
    // AWS documents InvalidArgumentException; its validation returns ValidationException.
    const error = refused(await read(10_001), 'GetRecords with Limit 10001', invalid);
    refused(await read(0), 'GetRecords with Limit 0', invalid);
    return `Limit 10000 is taken; 10001 and 0 are refused with ${error}`;
  },
};
