/**
 * The errors by which the service says that a call did nothing, for a reason that rules an effect out. Any other error
 * may come with an effect: a timeout, a reset, a 5xx, an unknown error. Source: the errors of PutRecord and PutRecords
 * in the SDK's models, and the common errors of AWS APIs.
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

/**
 * True if the call surely had no effect. With an HTTP status of 5xx it may have had one, whatever the error is called.
 */
export const isWithoutEffect = (error: string, status: number | undefined): boolean =>
  surelyWithoutEffect.has(error) && (status === undefined || status < 500);
