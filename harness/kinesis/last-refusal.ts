import { AsyncLocalStorage } from 'node:async_hooks';
import { type KinesisClient, KinesisServiceException } from '@aws-sdk/client-kinesis';

type Call = { refusal?: KinesisServiceException };

const calls = new AsyncLocalStorage<Call>();

/** Runs a call that the SDK repeats. The result of `last` is the latest refusal of the service, if there was one. */
export const notingRefusals = <T>(send: () => Promise<T>): { readonly sent: Promise<T>; readonly last: () => Last } => {
  const call: Call = {};
  return { sent: calls.run(call, send), last: () => call.refusal };
};

type Last = KinesisServiceException | undefined;

/**
 * Notes each refused attempt of a call. The SDK repeats it without a word, and at a deadline only the deadline is
 * left.
 */
export const noteRefusals = (client: KinesisClient): KinesisClient => {
  client.middlewareStack.addRelativeTo(eachAttempt, {
    relation: 'after',
    toMiddleware: 'retryMiddleware',
    name: 'kinesis-order-refusals',
  });
  return client;
};

const eachAttempt =
  <In, Out>(next: (args: In) => Promise<Out>) =>
  async (args: In): Promise<Out> => {
    try {
      return await next(args);
    } catch (thrown) {
      const call = calls.getStore();
      if (call !== undefined && thrown instanceof KinesisServiceException) call.refusal = thrown;
      throw thrown;
    }
  };
