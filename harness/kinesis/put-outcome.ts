import { KinesisServiceException } from '@aws-sdk/client-kinesis';
import { isWithoutEffect } from '../model/sure-errors.ts';

/** Error codes for which nothing was sent: there was no connection, or the host name has no address. */
const neverSent: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

export type Failure = {
  readonly outcome: 'fail' | 'info';
  readonly error: string;
  readonly message?: string;
  readonly requestId?: string;
};

/**
 * The outcome of an error of the SDK. `fail`: definitely no effect. `info`: the records may have been stored. The
 * table in `model/sure-errors.ts` decides. A message that is not the service's own names the call.
 */
export const failureOf = (call: string, thrown: unknown): Failure => {
  const error = errorNameOf(thrown);
  const status = statusOf(thrown);
  const isSure = neverSent.has(error) || isWithoutEffect(error, status);
  const words = wordsOf(thrown);
  const message = thrown instanceof KinesisServiceException || words === '' ? words : `${call}: ${words}`;
  const requestId = metadataOf(thrown)?.requestId;
  return {
    outcome: isSure ? 'fail' : 'info',
    error,
    ...(message === '' ? {} : { message: message.slice(0, 500) }),
    ...(requestId === undefined ? {} : { requestId }),
  };
};

/**
 * The name of an error. The code of a socket error is preferred, because it is more exact: the SDK names all of them
 * TimeoutError.
 */
export const errorNameOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'Error';
  const code: unknown = 'code' in thrown ? thrown.code : undefined;
  if (typeof code === 'string' && /^E[A-Z]/.test(code)) return code;
  return textOf(thrown.name, 'Error');
};

/** The message of an error. If an answer is not JSON, the SDK appends advice for programmers, which is removed. */
export const wordsOf = (thrown: unknown): string =>
  (thrown instanceof Error ? textOf(thrown.message, '') : String(thrown)).replace(/\s+Deserialization error: .*/s, '');

/** A value as text. An engine may return anything as its error and message, and the SDK forwards it. */
const textOf = (value: unknown, without: string): string => {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? without : (JSON.stringify(value) ?? without);
};

type Metadata = { readonly httpStatusCode?: number; readonly requestId?: string };

const metadataOf = (thrown: unknown): Metadata | undefined =>
  thrown instanceof Error && '$metadata' in thrown ? (thrown.$metadata as Metadata) : undefined;

const statusOf = (thrown: unknown): number | undefined => metadataOf(thrown)?.httpStatusCode;
