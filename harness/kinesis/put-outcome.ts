import { KinesisServiceException } from '@aws-sdk/client-kinesis';
import { isWithoutEffect } from '../model/sure-errors.ts';

/** Nothing was sent: no connection was made, or the name has no address. */
const neverSent: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);

export type Failure = {
  readonly outcome: 'fail' | 'info';
  readonly error: string;
  readonly message?: string;
  readonly requestId?: string;
};

/**
 * What the SDK threw, as an outcome. `fail`: surely no effect. `info`: it may have been stored. `model/sure-errors.ts`
 * holds the table that decides. Words that are not the service's own name the call.
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

/** A socket's code says more than the class of its error, which the SDK calls TimeoutError, whatever it was. */
export const errorNameOf = (thrown: unknown): string => {
  if (!(thrown instanceof Error)) return 'Error';
  const code: unknown = 'code' in thrown ? thrown.code : undefined;
  if (typeof code === 'string' && /^E[A-Z]/.test(code)) return code;
  return textOf(thrown.name, 'Error');
};

/** The words of what was thrown. What the SDK adds to an answer that is no JSON is advice to programmers. */
export const wordsOf = (thrown: unknown): string =>
  (thrown instanceof Error ? textOf(thrown.message, '') : String(thrown)).replace(/\s+Deserialization error: .*/s, '');

/** An engine may say anything for its error and its words, and the SDK hands it on. */
const textOf = (value: unknown, without: string): string => {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? without : (JSON.stringify(value) ?? without);
};

type Metadata = { readonly httpStatusCode?: number; readonly requestId?: string };

const metadataOf = (thrown: unknown): Metadata | undefined =>
  thrown instanceof Error && '$metadata' in thrown ? (thrown.$metadata as Metadata) : undefined;

const statusOf = (thrown: unknown): number | undefined => metadataOf(thrown)?.httpStatusCode;
