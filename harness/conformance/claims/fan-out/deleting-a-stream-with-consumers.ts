import type { Claim } from '../../claim.ts';
import { consumerOf } from '../../fan-out.ts';
import { must, refused } from '../../outcome.ts';

export const deletingAStreamWithConsumers: Claim = {
  area: 'fan-out',
  wording:
    'If this parameter is unset (null) or if you set it to false, and the stream has registered consumers, the call to DeleteStream fails with a ResourceInUseException.',
  source: 'SDK DeleteStreamInput',
  probe: async (probe) => {
    const stream = await probe.stream();
    await consumerOf(probe, stream);
    const answer = await stream.call('DeleteStream', {});
    const error = refused(answer, 'DeleteStream with a consumer registered', ['ResourceInUseException']);
    await probe.clock.sleep(probe.patienceMs / 3, probe.signal);
    const told = await stream.call('DescribeStreamSummary', {});
    const status = told.ok ? told.output.StreamDescriptionSummary?.StreamStatus : 'gone';
    must(
      status === 'ACTIVE',
      `DeleteStream with a consumer registered was refused with ${error}, yet the stream is ${status}`,
    );
    return `refused with ${error}, the stream is still ACTIVE`;
  },
};
