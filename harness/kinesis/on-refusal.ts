import type { KinesisClient } from '@aws-sdk/client-kinesis';

/**
 * Calls `note` with the error of each refused attempt of a call, also of those that the SDK repeats by itself. `name`:
 * of this middleware.
 */
export const onRefusal = (client: KinesisClient, name: string, note: (thrown: unknown) => void): KinesisClient => {
  const eachAttempt =
    <In, Out>(next: (args: In) => Promise<Out>) =>
    async (args: In): Promise<Out> => {
      try {
        return await next(args);
      } catch (thrown) {
        note(thrown);
        throw thrown;
      }
    };
  client.middlewareStack.addRelativeTo(eachAttempt, { relation: 'after', toMiddleware: 'retryMiddleware', name });
  return client;
};
