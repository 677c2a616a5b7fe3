import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';

/**
 * Counts characters, not bytes: 256 letters of two UTF-8 bytes each. AWS does not say whether characters beyond the
 * first plane count twice.
 */
export const partitionKeyCountsCharacters: Claim = {
  area: 'limits',
  wording: 'Partition keys are Unicode strings with a maximum length limit of 256 characters for each key.',
  source: 'SDK PutRecordInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const PartitionKey = 'é'.repeat(256);
    accepted(
      await stream.call('PutRecord', { PartitionKey, Data: Buffer.from('x') }),
      'a key of 256 two-byte characters',
    );
    const [record] = await stream.stored(1);
    must(
      record?.key === PartitionKey,
      `a key of 256 two-byte characters came back with ${record?.key.length ?? 'no'} characters`,
    );
    return '256 characters of two bytes each are taken and come back';
  },
};
