import type { Claim } from '../../claim.ts';
import { must, setUp } from '../../outcome.ts';

export const failedRecordCount: Claim = {
  area: 'writes',
  wording: 'The number of unsuccessfully processed records in a PutRecords request.',
  source: 'SDK PutRecordsOutput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const Records = Array.from({ length: 5 }, (_, n) => ({ PartitionKey: 'k', Data: Buffer.from(`${n}`) }));
    const output = setUp(await stream.call('PutRecords', { Records }), 'PutRecords of 5');
    const failed = (output.Records ?? []).filter(
      (result) => result.ErrorCode !== undefined && result.ErrorCode !== null,
    );
    must(
      output.FailedRecordCount === failed.length,
      `FailedRecordCount is ${output.FailedRecordCount} where ${failed.length} entries carry an ErrorCode`,
    );
    const stored = await stream.stored(5 - failed.length);
    must(stored.length === 5 - failed.length, `${failed.length} of 5 failed, yet ${stored.length} are stored`);
    return `FailedRecordCount ${output.FailedRecordCount}, ${stored.length} of 5 stored`;
  },
};
