import type { Claim } from '../../claim.ts';
import { invalid } from '../../probe-asserts.ts';
import { heldAtTheEdge } from '../../sizes.ts';
import type { ProbeStream } from '../../stream.ts';

/**
 * One entry of two is wrong. AWS refuses the whole call, because this is neither throttling nor an internal failure.
 */
export const entryKeyOf256Characters: Claim = {
  area: 'limits',
  wording:
    'ErrorCode reflects the type of error and can be one of the following values: ProvisionedThroughputExceededException or InternalFailure.',
  source: 'SDK PutRecords',
  probe: async (probe) => {
    const put = (length: number) => ({
      what: `two entries, one with a key of ${length} characters,`,
      ask: (stream: ProbeStream) =>
        stream.call('PutRecords', {
          Records: ['good', 'k'.repeat(length)].map((PartitionKey) => ({ PartitionKey, Data: Buffer.from('x') })),
        }),
    });
    return heldAtTheEdge(probe, { at: put(256), above: put(257), records: 2, errors: invalid });
  },
};
