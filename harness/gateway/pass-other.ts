import { messageOf } from '../lib/error.ts';
import { answerLocally } from './answer-locally.ts';
import type { WaitingClient } from './client.ts';
import type { Context } from './context.ts';
import { askEngine } from './upstream/ask-engine.ts';
import { EngineFailure } from './upstream/connection.ts';
import type { WireRequest } from './wire/messages.ts';

/**
 * Handles a request to another service: a route answers it, or it is forwarded and its answer streamed back. Never
 * rejects.
 */
export const passOther = async (context: Context, client: WaitingClient, request: WireRequest): Promise<void> => {
  try {
    const local = await answerLocally(context.routes, client.port, request);
    if (local !== undefined) return client.send(local);
    await flowBack(context, client, request);
  } catch (thrown) {
    const side = thrown instanceof EngineFailure ? 'engine' : 'gateway';
    context.trouble({ side, port: client.port, message: messageOf(thrown) });
    client.kill();
  }
};

/** Resolves at the end of the answer, so that the connection's next request waits for it. */
const flowBack = async (context: Context, client: WaitingClient, { head, raw }: WireRequest): Promise<void> => {
  const { origin } = context.upstream;
  const question = { origin, bytes: raw, isToHead: head.method === 'HEAD', isFlowing: () => true };
  const answer = await askEngine(client.pool, question);
  if (answer.kind === 'whole') return client.send(answer.answer);
  const to = client.startFlow(answer.head);
  await new Promise<void>((resolve, reject) => {
    const { body, raw: rawPart } = to;
    const end = (): void => {
      to.end();
      resolve();
    };
    const failed = (failure: EngineFailure): void => (client.isGone() ? resolve() : reject(failure));
    to.from(answer.to({ body, raw: rawPart, end, failed }));
  });
};
