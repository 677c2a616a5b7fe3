import { kinesisOperation } from './api/read-call.ts';
import type { WaitingClient } from './client.ts';
import type { Context } from './context.ts';
import { passCall } from './pass-call.ts';
import { passOther } from './pass-other.ts';
import type { WireRequest } from './wire/messages.ts';

/** A whole request on its way; resolves when its answer is over. Never rejects but for a failure of ours. */
export const pass = (context: Context, client: WaitingClient, request: WireRequest): Promise<void> => {
  const operation = kinesisOperation(request.head);
  return operation === undefined ? passOther(context, client, request) : passCall(context, client, request, operation);
};
