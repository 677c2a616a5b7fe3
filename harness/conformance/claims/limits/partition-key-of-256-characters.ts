import type { Claim } from '../../claim.ts';
import { invalid } from '../../probe-asserts.ts';
import { heldAtTheEdge } from '../../sizes.ts';
import type { ProbeStream } from '../../stream.ts';

export const partitionKeyOf256Characters: Claim = {
  area: 'limits',
  wording: 'Partition keys are Unicode strings, with a maximum length limit of 256 characters for each key.',
  source: 'SDK PutRecord',
  probe: async (probe) => {
    const put = (length: number) => ({
      what: `a key of ${length} characters`,
      ask: (stream: ProbeStream) =>
        stream.call('PutRecord', { PartitionKey: 'k'.repeat(length), Data: Buffer.from('x') }),
    });
    return heldAtTheEdge(probe, { at: put(256), above: put(257), records: 1, errors: invalid });
  },
};
