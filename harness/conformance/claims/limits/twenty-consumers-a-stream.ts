import type { Claim } from '../../claim.ts';
import { consumerOf } from '../../fan-out.ts';
import { must, refused, setUp } from '../../outcome.ts';

export const twentyConsumersAStream: Claim = {
  area: 'limits',
  wording:
    'With On-demand Standard and Provisioned streams, you can register up to 20 consumers per stream to use Enhanced Fan-out.',
  source: 'SDK RegisterStreamConsumer',
  extraMs: 10_000,
  probe: async (probe) => {
    const stream = await probe.stream();
    // Five at a time, because five may be CREATING at once (SDK RegisterStreamConsumer), and waiting for each one
    // takes long.
    for (let n = 0; n < 20; n += 5)
      await Promise.all([1, 2, 3, 4, 5].map((of) => consumerOf(probe, stream, `c${n + of}`)));
    const more = await probe.call('RegisterStreamConsumer', { StreamARN: stream.arn, ConsumerName: 'c21' });
    const told = setUp(
      await stream.call('DescribeStreamSummary', {}),
      'DescribeStreamSummary',
    ).StreamDescriptionSummary;
    const error = refused(more, 'a 21st consumer', ['LimitExceededException']);
    must(told?.ConsumerCount === 20, `20 consumers were registered, ConsumerCount is ${told?.ConsumerCount}`);
    return `20 consumers are taken, a 21st is refused with ${error}`;
  },
};
