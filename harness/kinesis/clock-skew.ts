import type { KinesisClient } from '@aws-sdk/client-kinesis';
import { onRefusal } from './on-refusal.ts';

/** The errors with which AWS refuses the time of a signature. */
const aboutTime: ReadonlySet<string> = new Set([
  'AuthFailure',
  'InvalidSignatureException',
  'RequestExpired',
  'RequestInTheFuture',
  'RequestTimeTooSkewed',
  'SignatureDoesNotMatch',
]);

/**
 * Lets the SDK repeat a call for the engine's clock only if the engine refused the time of the signature. Where the
 * clocks differ by more than four minutes, the SDK otherwise repeats every call that was refused, whatever the reason,
 * until its attempts are used up: a stream that is gone would look like one that does not answer.
 */
export const repeatsForTimeOnly = (client: KinesisClient): KinesisClient =>
  onRefusal(client, 'kinesis-order-skew', (thrown) => {
    if (thrown instanceof Error && !aboutTime.has(thrown.name)) forgetSkew(thrown);
  });

type SdkError = Error & { readonly $metadata?: { clockSkewCorrected?: boolean } };

const forgetSkew = ({ $metadata }: SdkError): void => {
  if ($metadata !== undefined) delete $metadata.clockSkewCorrected;
};
