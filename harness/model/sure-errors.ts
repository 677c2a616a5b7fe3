/**
 * The errors by which the service says that a call did nothing, for a reason that rules an effect out. Everything else
 * may have been carried out: a timeout, a reset, a 5xx, and whatever nobody has met yet. Source: the errors of
 * PutRecord and PutRecords in the SDK's models, and the common errors of AWS APIs.
 */
const surelyWithoutEffect: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'DryRunOperationException',
  'ExpiredTokenException',
  'IncompleteSignature',
  'InvalidArgumentException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'KMSAccessDeniedException',
  'KMSDisabledException',
  'KMSInvalidStateException',
  'KMSNotFoundException',
  'KMSOptInRequired',
  'KMSThrottlingException',
  'MissingAuthenticationToken',
  'OptInRequired',
  'ProvisionedThroughputExceededException',
  'RequestExpired',
  'ResourceNotFoundException',
  'SerializationException',
  'ThrottlingException',
  'UnknownOperationException',
  'UnrecognizedClientException',
  'ValidationException',
]);

/** An HTTP status of 5xx rules nothing out, whatever the error calls itself. */
export const isWithoutEffect = (error: string, status: number | undefined): boolean =>
  surelyWithoutEffect.has(error) && (status === undefined || status < 500);
