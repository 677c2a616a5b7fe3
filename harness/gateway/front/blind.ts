import type { Socket } from 'node:net';
import type { Context } from '../context.ts';
import { openSocket } from '../upstream/connection.ts';

/**
 * Bytes that are no HTTP/1.1 by the letter go to the engine as they are, and its answer comes back as it is: what it
 * makes of them is its own business. `received` is what the client has sent already.
 */
export const relayBlindly = (
  client: Socket,
  { upstream, idle }: Pick<Context, 'upstream' | 'idle'>,
  received: readonly Buffer[],
): void => {
  const engine = openSocket(upstream.origin);
  const close = (): void => {
    engine.destroy();
    client.destroy();
  };
  for (const socket of [engine, client]) {
    socket.on('error', close);
    socket.on('close', close);
    idle.watch(socket, close);
  }
  for (const part of received) engine.write(part);
  engine.pipe(client);
  if (client.readableEnded) engine.end();
  else client.pipe(engine);
};
