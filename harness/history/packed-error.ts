import { codeOf, type ErrorCode, HarnessError, messageOf } from '../lib/error.ts';

/** An error on its way from one thread to another: an error itself loses its class, its code and its hint there. */
export type PackedError = {
  readonly message: string;
  /** Of an error for the user. */
  readonly ours?: { readonly code: ErrorCode; readonly hint: string | undefined };
  /** `ENOENT` and its like. */
  readonly code?: string;
  readonly cause?: PackedError;
};

/** So many causes deep: one may be its own. */
const deepest = 4;

export const packedError = (thrown: unknown, depth = 0): PackedError => {
  const code = codeOf(thrown);
  const cause = thrown instanceof Error && depth < deepest ? thrown.cause : undefined;
  return {
    message: messageOf(thrown),
    ...(thrown instanceof HarnessError ? { ours: { code: thrown.code, hint: thrown.hint } } : {}),
    ...(typeof code === 'string' ? { code } : {}),
    ...(cause === undefined ? {} : { cause: packedError(cause, depth + 1) }),
  };
};

export const unpackedError = ({ message, ours, code, cause }: PackedError): Error => {
  const options = cause === undefined ? {} : { cause: unpackedError(cause) };
  if (ours === undefined) return Object.assign(new Error(message, options), code === undefined ? {} : { code });
  return new HarnessError(ours.code, message, {
    ...(ours.hint === undefined ? {} : { hint: ours.hint }),
    ...options,
  });
};
