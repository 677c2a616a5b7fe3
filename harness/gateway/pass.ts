import { kinesisOperation } from './api/read-call.ts';
import type { WaitingClient } from './client.ts';
import type { Context } from './context.ts';
import { passCall } from './pass-call.ts';
import { passOther } from './pass-other.ts';
import type { WireRequest } from './wire/messages.ts';

/** Handles one complete request; resolves at the end of its answer. Rejects only on a bug of this tool. */
export const pass = (context: Context, client: WaitingClient, request: WireRequest): Promise<void> => {
  const operation = kinesisOperation(request.head);
  return operation === undefined ? passOther(context, client, request) : passCall(context, client, request, operation);
};
