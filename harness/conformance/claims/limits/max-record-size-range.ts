import type { Claim } from '../../claim.ts';
import { accepted, must, refused, setUp } from '../../outcome.ts';

export const maxRecordSizeRange: Claim = {
  area: 'limits',
  wording:
    'Specify a value between 1024 and 10240 KiB (1 to 10 MiB). If you specify a value that is out of this range, UpdateMaxRecordSize sends back an ValidationException message.',
  source: 'SDK UpdateMaxRecordSizeInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const update = (MaxRecordSizeInKiB: number) =>
      probe.call('UpdateMaxRecordSize', { StreamARN: stream.arn, MaxRecordSizeInKiB });
    for (const size of [10_240, 1_024]) {
      accepted(await update(size), `UpdateMaxRecordSize to ${size}`);
      await stream.settle();
      const told = setUp(await stream.call('DescribeStreamSummary', {}), 'DescribeStreamSummary');
      const now = told.StreamDescriptionSummary?.MaxRecordSizeInKiB;
      must(now === size, `after UpdateMaxRecordSize to ${size} the stream says ${now}`);
    }
    for (const size of [10_241, 1_023])
      refused(await update(size), `UpdateMaxRecordSize to ${size}`, ['ValidationException']);
    return '1024 and 10240 KiB are taken, 1023 and 10241 refused';
  },
};
