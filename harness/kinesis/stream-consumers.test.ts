import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { describe, expect, test } from 'vitest';
import { HarnessError } from '../lib/error.ts';
import { streamConsumers } from './stream-consumers.ts';

/** An engine that forgets a consumer so often after it was registered. */
const forgetful = (times: number) => {
  const calls: string[] = [];
  const notFound = Object.assign(new Error('not found'), { name: 'ResourceNotFoundException' });
  let left = times;
  const send = (command: { readonly constructor: { readonly name: string } }): Promise<object> => {
    const call = command.constructor.name.replace('StreamConsumerCommand', '');
    calls.push(call);
    if (call === 'Register') return Promise.resolve({ Consumer: { ConsumerARN: `arn-${calls.length}` } });
    if (left > 0) {
      left -= 1;
      return Promise.reject(notFound);
    }
    return Promise.resolve({ ConsumerDescription: { ConsumerStatus: 'ACTIVE' } });
  };
  const plane = streamConsumers(
    { send } as unknown as KinesisClient,
    async (call, ask) => {
      try {
        return await ask({ requestTimeout: 1000, abortSignal: new AbortController().signal });
      } catch (thrown) {
        throw new HarnessError('target', call, { cause: thrown });
      }
    },
    () => Promise.resolve({ arn: 'stream' } as never),
  );
  return { calls, plane };
};
const signal = new AbortController().signal;

describe('a consumer of enhanced fan-out', () => {
  test('that the engine has forgotten is registered again', async () => {
    const { calls, plane } = forgetful(2);
    expect(await plane.registerConsumer('orders', 'app', 5000, signal)).toBe('arn-5');
    expect(calls).toEqual(['Register', 'Describe', 'Register', 'Describe', 'Register', 'Describe']);
  });

  test('that is forgotten again and again is an error with the name of the call', async () => {
    const { plane } = forgetful(9);
    await expect(plane.registerConsumer('orders', 'app', 5000, signal)).rejects.toThrow('DescribeStreamConsumer app');
  });

  test('that is gone already need not be deregistered', async () => {
    const { calls, plane } = forgetful(1);
    await plane.deregisterConsumer('arn');
    expect(calls).toEqual(['Deregister']);
  });
});
