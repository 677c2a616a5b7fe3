import { HarnessError } from '../lib/error.ts';
import { visible } from '../lib/visible.ts';

/**
 * Errors that no further attempt will change: missing rights, or a stream that is gone. The run ends with them,
 * instead of failing record by record. Source: the errors of PutRecord, PutRecords, GetShardIterator and GetRecords,
 * and the common errors of AWS APIs.
 */
const rights: ReadonlySet<string> = new Set([
  'AccessDeniedException',
  'ExpiredTokenException',
  'InvalidClientTokenId',
  'InvalidSignatureException',
  'KMSAccessDeniedException',
  'KMSDisabledException',
  'KMSNotFoundException',
  'MissingAuthenticationToken',
  'UnrecognizedClientException',
]);

export type Refusal = {
  /** The name of the call, such as `PutRecord`, or of the caller. */
  readonly call: string;
  readonly stream: string;
  readonly error: string;
  readonly message?: string | undefined;
};

export const isFatal = (error: string): boolean => rights.has(error) || error === 'ResourceNotFoundException';

/** The error that ends the run, with the service's own message and a hint. */
export const fatalErrorOf = ({ call, stream, error, message }: Refusal): HarnessError => {
  const words = visible(`${error}${message === undefined ? '' : `: ${message}`}`);
  return error === 'ResourceNotFoundException'
    ? new HarnessError(
        'target',
        `${call}: stream ${stream} does not exist any more: it, or its stack, was deleted during the run (${words})`,
        {
          hint: 'check whether another run, or a clean on the same target, deleted it',
        },
      )
    : new HarnessError('target', `${call} on stream ${stream} is not allowed: ${words}`, {
        hint: 'docs/iam.md lists the permissions that each verb needs',
      });
};
