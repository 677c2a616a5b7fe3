import { AsyncLocalStorage } from 'node:async_hooks';
import { type KinesisClient, KinesisServiceException } from '@aws-sdk/client-kinesis';
import { onRefusal } from './on-refusal.ts';

type Call = { refusal?: KinesisServiceException };

const calls = new AsyncLocalStorage<Call>();

/** Runs a call that the SDK repeats. The result of `last` is the latest refusal of the service, if there was one. */
export const notingRefusals = <T>(send: () => Promise<T>): { readonly sent: Promise<T>; readonly last: () => Last } => {
  const call: Call = {};
  return { sent: calls.run(call, send), last: () => call.refusal };
};

type Last = KinesisServiceException | undefined;

/** Notes each refusal. The SDK repeats the call, and at a deadline it throws only that the deadline is over. */
export const noteRefusals = (client: KinesisClient): KinesisClient =>
  onRefusal(client, 'kinesis-order-refusals', (thrown) => {
    const call = calls.getStore();
    if (call !== undefined && thrown instanceof KinesisServiceException) call.refusal = thrown;
  });
