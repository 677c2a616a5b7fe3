import type { Claim } from '../../claim.ts';
import { invalid } from '../../probe-asserts.ts';
import { blob, heldAtTheEdge, mib } from '../../sizes.ts';
import type { ProbeStream } from '../../stream.ts';

export const entrySizeCountsTheKey: Claim = {
  area: 'limits',
  wording: 'The record size limit applies to the total size of the partition key and data blob.',
  source: 'SDK PutRecords',
  isHeavy: true,
  probe: async (probe) => {
    const PartitionKey = 'k'.repeat(200);
    const put = (size: number) => ({
      what: `an entry of ${size} bytes with a key of 200`,
      ask: (stream: ProbeStream) => stream.call('PutRecords', { Records: [{ PartitionKey, Data: blob(size) }] }),
    });
    const edge = { at: put(mib - 200), above: put(mib - 199), records: 1, errors: invalid };
    return heldAtTheEdge(probe, edge);
  },
};
