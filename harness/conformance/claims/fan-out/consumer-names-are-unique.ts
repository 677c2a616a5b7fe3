import type { Claim } from '../../claim.ts';
import { consumerOf } from '../../fan-out.ts';
import { must, refused, setUp } from '../../outcome.ts';

export const consumerNamesAreUnique: Claim = {
  area: 'fan-out',
  wording:
    "For a given Kinesis data stream, each consumer must have a unique name. However, consumer names don't have to be unique across data streams.",
  source: 'SDK RegisterStreamConsumerInput',
  probe: async (probe) => {
    const [stream, other] = [await probe.stream(), await probe.stream()];
    await consumerOf(probe, stream);
    const again = await probe.call('RegisterStreamConsumer', { StreamARN: stream.arn, ConsumerName: 'c1' });
    const listed = setUp(await probe.call('ListStreamConsumers', { StreamARN: stream.arn }), 'ListStreamConsumers');
    must(listed.Consumers?.length === 1, `one name registered twice: ${listed.Consumers?.length} consumers are listed`);
    const error = refused(again, 'a second consumer of the same name', ['ResourceInUseException']);
    await consumerOf(probe, other);
    return `a second one is refused with ${error}; on another stream the name is free`;
  },
};
