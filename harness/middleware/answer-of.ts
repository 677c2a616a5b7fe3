import { messageOf } from '../lib/error.ts';
import type { ApiAnswer } from '../tap/call.ts';
import type { Fields } from './sdk-client.ts';

type Metadata = { readonly httpStatusCode?: number; readonly requestId?: string };

export const okAnswer = (output: Fields): ApiAnswer => {
  const { httpStatusCode = 200, requestId } = (output['$metadata'] ?? {}) as Metadata;
  return { kind: 'ok', status: httpStatusCode, output, requestId };
};

/** Error codes for which no connection was made, so the call definitely had no effect. */
const unsent: ReadonlySet<string> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/**
 * The answer of a call that threw. An error of the service has a status and `$fault`. For anything else the answer is
 * missing or unreadable (`lost`).
 */
export const failedAnswer = (thrown: unknown): ApiAnswer => {
  const { name, code, $metadata, $fault } = (thrown ?? {}) as {
    readonly name?: string;
    readonly code?: string;
    readonly $metadata?: Metadata;
    readonly $fault?: string;
  };
  const status = $metadata?.httpStatusCode;
  if (status !== undefined && $fault !== undefined)
    return {
      kind: 'error',
      status,
      code: name ?? 'Unknown',
      message: messageOf(thrown),
      requestId: $metadata?.requestId,
    };
  return { kind: 'lost', message: `${name ?? 'Error'}: ${messageOf(thrown)}`, isSent: !unsent.has(code ?? '') };
};
