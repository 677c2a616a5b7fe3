import {
  DeregisterStreamConsumerCommand,
  DescribeStreamConsumerCommand,
  type KinesisClient,
  RegisterStreamConsumerCommand,
} from '@aws-sdk/client-kinesis';
import { HarnessError } from '../lib/error.ts';
import type { ControlPlane, FanOut } from './kinesis.ts';
import type { Named } from './stream-settings.ts';
import { errorName, until } from './waits.ts';

/**
 * The most times that a forgotten consumer is registered again. kinesis-local 0.6.2 may forget a consumer that is
 * registered shortly before a shard is split (4 of 14 runs).
 */
const forgottenMax = 3;

const isGone = (thrown: unknown): boolean => errorName(thrown) === 'ResourceNotFoundException';

/** Creates and deletes the consumers of enhanced fan-out. */
export const streamConsumers = (
  client: KinesisClient,
  named: Named,
  describe: ControlPlane['describe'],
): Pick<FanOut, 'registerConsumer' | 'deregisterConsumer'> => ({
  registerConsumer: async (stream, name, deadlineMs, signal) => {
    const { arn } = await describe(stream);
    const register = async (): Promise<string> => {
      const { Consumer } = await named(`RegisterStreamConsumer ${name}`, (options) =>
        client.send(new RegisterStreamConsumerCommand({ StreamARN: arn, ConsumerName: name }), options),
      );
      if (Consumer?.ConsumerARN !== undefined) return Consumer.ConsumerARN;
      throw new HarnessError('target', 'RegisterStreamConsumer answered without ConsumerARN');
    };
    let consumer = await register();
    let forgotten = 0;
    let status: string | undefined;
    // A consumer is CREATING for a while, and may subscribe only when it is ACTIVE.
    const isActive = await until(deadlineMs, signal, async (leftMs) => {
      const answer = await named(
        `DescribeStreamConsumer ${name}`,
        (options) => client.send(new DescribeStreamConsumerCommand({ ConsumerARN: consumer }), options),
        leftMs,
      ).catch((thrown: unknown) => {
        if (isGone(thrown) && forgotten < forgottenMax) return undefined;
        throw thrown;
      });
      if (answer === undefined) {
        forgotten += 1;
        consumer = await register();
      }
      status = answer?.ConsumerDescription?.ConsumerStatus;
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
    ).catch((thrown: unknown) => {
      if (!isGone(thrown)) throw thrown;
    });
  },
});
