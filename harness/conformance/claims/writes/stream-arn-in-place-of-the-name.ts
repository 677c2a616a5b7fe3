import type { Claim } from '../../claim.ts';
import { accepted, must } from '../../outcome.ts';

export const streamArnInPlaceOfTheName: Claim = {
  area: 'writes',
  wording: 'you must use either the StreamARN or the StreamName parameter, or both.',
  source: 'SDK PutRecord',
  probe: async (probe) => {
    const stream = await probe.stream();
    const target = { StreamARN: stream.arn };
    const Data = Buffer.from('x');
    accepted(await probe.call('PutRecord', { ...target, PartitionKey: 'k', Data }), 'PutRecord by StreamARN alone');
    const Records = [{ PartitionKey: 'k', Data }];
    accepted(await probe.call('PutRecords', { ...target, Records }), 'PutRecords by StreamARN alone');
    const stored = await stream.stored(2);
    must(stored.length === 2, `two records were put by StreamARN and ${stored.length} are stored`);
    return 'PutRecord and PutRecords by StreamARN alone are stored';
  },
};
