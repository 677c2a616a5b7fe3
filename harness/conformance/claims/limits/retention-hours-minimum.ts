import type { Claim } from '../../claim.ts';
import { accepted, must, refused, setUp } from '../../outcome.ts';
import { invalid } from '../../probe-asserts.ts';

export const retentionHoursMinimum: Claim = {
  area: 'limits',
  wording: "The minimum value of a stream's retention period is 24 hours.",
  source: 'SDK DecreaseStreamRetentionPeriod',
  probe: async (probe) => {
    const stream = await probe.stream();
    const hours = async (): Promise<number | undefined> =>
      setUp(await stream.call('DescribeStreamSummary', {}), 'DescribeStreamSummary').StreamDescriptionSummary
        ?.RetentionPeriodHours;
    must((await hours()) === 24, `a new stream has a retention of ${await hours()} hours, not 24`);
    setUp(
      await stream.call('IncreaseStreamRetentionPeriod', { RetentionPeriodHours: 48 }),
      'IncreaseStreamRetentionPeriod',
    );
    await stream.settle();
    const decrease = (RetentionPeriodHours: number) =>
      stream.call('DecreaseStreamRetentionPeriod', { RetentionPeriodHours });
    const error = refused(await decrease(23), 'a retention of 23 hours', invalid);
    accepted(await decrease(24), 'a retention of 24 hours');
    await stream.settle();
    must((await hours()) === 24, `then the stream says ${await hours()} hours, not 24`);
    return `24 hours are taken, 23 refused with ${error}`;
  },
};
