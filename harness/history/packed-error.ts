import { codeOf, type ErrorCode, HarnessError, messageOf } from '../lib/error.ts';

/** An error as data, to send from one thread to another. An Error loses its class, code and hint on that way. */
export type PackedError = {
  readonly message: string;
  /** Only of a HarnessError. */
  readonly ours?: { readonly code: ErrorCode; readonly hint: string | undefined };
  /** The code of a system error, such as `ENOENT`. */
  readonly code?: string;
  readonly cause?: PackedError;
};

/** The most nested causes: an error may be its own cause. */
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
