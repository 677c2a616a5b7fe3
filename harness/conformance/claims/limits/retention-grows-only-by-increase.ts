import type { Claim } from '../../claim.ts';
import { must, refused, setUp } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const retentionGrowsOnlyByIncrease: Claim = {
  area: 'limits',
  wording: 'The new retention period of the stream, in hours. Must be more than the current retention period.',
  source: 'SDK IncreaseStreamRetentionPeriodInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    const increase = (RetentionPeriodHours: number) =>
      stream.call('IncreaseStreamRetentionPeriod', { RetentionPeriodHours });
    setUp(await increase(72), 'IncreaseStreamRetentionPeriod');
    await stream.settle();
    const error = refused(await increase(48), 'IncreaseStreamRetentionPeriod from 72 to 48 hours', invalid);
    const told = setUp(
      await stream.call('DescribeStreamSummary', {}),
      'DescribeStreamSummary',
    ).StreamDescriptionSummary;
    must(told?.RetentionPeriodHours === 72, `then the stream says ${told?.RetentionPeriodHours} hours`);
    return `an increase from 72 to 48 is refused with ${error}`;
  },
};
