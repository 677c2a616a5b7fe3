import {
  DeregisterStreamConsumerCommand,
  DescribeStreamConsumerCommand,
  type KinesisClient,
  RegisterStreamConsumerCommand,
} from '@aws-sdk/client-kinesis';
import { HarnessError } from '../lib/error.ts';
import type { ControlPlane, FanOut } from './kinesis.ts';
import type { Named } from './stream-settings.ts';
import { until } from './waits.ts';

/** Creates and deletes the consumers of enhanced fan-out. */
export const streamConsumers = (
  client: KinesisClient,
  named: Named,
  describe: ControlPlane['describe'],
): Pick<FanOut, 'registerConsumer' | 'deregisterConsumer'> => ({
  registerConsumer: async (stream, name, deadlineMs, signal) => {
    const { arn } = await describe(stream);
    const { Consumer } = await named(`RegisterStreamConsumer ${name}`, (options) =>
      client.send(new RegisterStreamConsumerCommand({ StreamARN: arn, ConsumerName: name }), options),
    );
    const consumer = Consumer?.ConsumerARN;
    if (consumer === undefined) throw new HarnessError('target', 'RegisterStreamConsumer answered without ConsumerARN');
    let status: string | undefined;
    // A consumer is CREATING for a while, and may subscribe only when it is ACTIVE.
    const isActive = await until(deadlineMs, signal, async (leftMs) => {
      const { ConsumerDescription } = await named(
        `DescribeStreamConsumer ${name}`,
        (options) => client.send(new DescribeStreamConsumerCommand({ ConsumerARN: consumer }), options),
        leftMs,
      );
      status = ConsumerDescription?.ConsumerStatus;
      return status === 'ACTIVE' ? true : undefined;
    });
    if (isActive !== undefined) return consumer;
    throw new HarnessError(
      'target',
      `consumer ${name} was still ${status ?? 'without a status'} ${deadlineMs} ms after RegisterStreamConsumer (DescribeStreamConsumer)`,
    );
  },
  deregisterConsumer: async (consumer) => {
    await named('DeregisterStreamConsumer', (options) =>
      client.send(new DeregisterStreamConsumerCommand({ ConsumerARN: consumer }), options),
    );
  },
});
