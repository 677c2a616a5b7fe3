import type { Claim } from '../../claim.ts';
import { consumerOf } from '../../fan-out.ts';
import { accepted, must, refused } from '../../outcome.ts';

export const deregisteredConsumersAreGone: Claim = {
  area: 'fan-out',
  wording: 'To deregister a consumer, provide its ARN.',
  source: 'SDK DeregisterStreamConsumer',
  probe: async (probe) => {
    const stream = await probe.stream();
    const arn = await consumerOf(probe, stream);
    accepted(await probe.call('DeregisterStreamConsumer', { ConsumerARN: arn }), 'DeregisterStreamConsumer');
    const until = probe.clock.now() + probe.patienceMs * 4_000;
    for (;;) {
      const answer = await probe.call('DescribeStreamConsumer', { ConsumerARN: arn });
      const status = answer.ok ? answer.output.ConsumerDescription?.ConsumerStatus : undefined;
      if (status !== 'DELETING') {
        return `then refused with ${refused(answer, 'DescribeStreamConsumer of a deregistered one', ['ResourceNotFoundException'])}`;
      }
      must(probe.clock.now() < until, `a deregistered consumer stays in ${status} for ${probe.patienceMs * 4} ms`);
      await probe.clock.sleep(60, probe.signal);
    }
  },
};
