import type { Claim } from '../../claim.ts';
import { accepted, must, refused, setUp } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const retentionHours: Claim = {
  area: 'limits',
  wording: "The maximum value of a stream's retention period is 8760 hours (365 days).",
  source: 'SDK IncreaseStreamRetentionPeriod',
  probe: async (probe) => {
    const stream = await probe.stream();
    const increase = (RetentionPeriodHours: number) =>
      stream.call('IncreaseStreamRetentionPeriod', { RetentionPeriodHours });
    const error = refused(await increase(8_761), 'a retention of 8761 hours', invalid);
    accepted(await increase(8_760), 'a retention of 8760 hours');
    await stream.settle();
    const told = setUp(
      await stream.call('DescribeStreamSummary', {}),
      'DescribeStreamSummary',
    ).StreamDescriptionSummary;
    must(told?.RetentionPeriodHours === 8_760, `then the stream says ${told?.RetentionPeriodHours} hours`);
    return `8760 hours are taken, 8761 refused with ${error}`;
  },
};
