import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';

export const emptyDataIsARecord: Claim = {
  area: 'writes',
  wording: 'Data … Length Constraints: Minimum length of 0.',
  source: 'API PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream();
    accepted(
      await stream.call('PutRecord', { PartitionKey: 'k', Data: new Uint8Array() }),
      'PutRecord with empty data',
    );
    const stored = await stream.stored(1);
    must(stored.length === 1, `one record of no bytes was put and ${stored.length} are stored`);
    must(stored[0]?.data.length === 0, `no bytes were put and ${stored[0]?.data.length} read`);
    return 'a record of no bytes is stored';
  },
};
