import type { Claim } from '../../claim.ts';
import { consumerOf } from '../../fan-out.ts';
import { must, setUp } from '../../outcome.ts';

export const registerMakesAConsumer: Claim = {
  area: 'fan-out',
  wording: 'When you register a consumer, Kinesis Data Streams generates an ARN for it.',
  source: 'SDK Consumer',
  probe: async (probe) => {
    const stream = await probe.stream();
    const arn = await consumerOf(probe, stream, 'reader');
    must(/:stream\/[^/]+\/consumer\/reader:\d+$/.test(arn), `the consumer's ARN reads ${arn}`);
    const told = setUp(await stream.call('DescribeStreamSummary', {}), 'DescribeStreamSummary');
    const count = told.StreamDescriptionSummary?.ConsumerCount;
    must(count === 1, `with one consumer registered ConsumerCount is ${count}`);
    return 'an ARN with name and creation time; ConsumerCount 1';
  },
};
