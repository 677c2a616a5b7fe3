import type { Claim } from '../../claim.ts';
import { invalid } from '../../probe-asserts.ts';
import { blob, heldAtTheEdge, mib } from '../../sizes.ts';
import type { ProbeStream } from '../../stream.ts';

export const recordSizeCountsTheKey: Claim = {
  area: 'limits',
  wording:
    'When the data blob (the payload before base64-encoding) is added to the partition key size, the total size must not exceed the maximum record size',
  source: 'SDK PutRecordInput',
  isHeavy: true,
  probe: async (probe) => {
    const PartitionKey = 'k'.repeat(100);
    const put = (size: number) => ({
      what: `${size} bytes of data with a key of 100`,
      ask: (stream: ProbeStream) => stream.call('PutRecord', { PartitionKey, Data: blob(size) }),
    });
    const edge = { at: put(mib - 100), above: put(mib - 99), records: 1, errors: invalid };
    return heldAtTheEdge(probe, edge);
  },
};
