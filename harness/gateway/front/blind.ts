import type { Socket } from 'node:net';
import type { Context } from '../context.ts';
import { openSocket } from '../upstream/connection.ts';

/**
 * Relays bytes that are not valid HTTP/1.1 to the engine unchanged, and its answer back unchanged. How to handle them
 * is up to the engine. `received` is what the client has sent so far.
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
