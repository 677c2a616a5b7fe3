import type { Claim } from '../../claim.ts';
import { must, refused } from '../../outcome.ts';

export const dryRunStoresNothing: Claim = {
  area: 'writes',
  wording: 'The request was rejected because the DryRun parameter was specified.',
  source: 'SDK DryRunOperationException',
  probe: async (probe) => {
    const stream = await probe.stream();
    const put = { PartitionKey: 'k', Data: Buffer.from('x') };
    const one = await stream.call('PutRecord', { ...put, DryRun: true });
    const many = await stream.call('PutRecords', { Records: [put], DryRun: true });
    const stored = await stream.stored(Number(one.ok) + Number(many.ok));
    must(stored.length === 0, `a put with DryRun was stored (${stored.length} of 2)`);
    refused(one, 'PutRecord with DryRun', ['DryRunOperationException']);
    refused(many, 'PutRecords with DryRun', ['DryRunOperationException']);
    return 'refused with DryRunOperationException, nothing stored';
  },
};
