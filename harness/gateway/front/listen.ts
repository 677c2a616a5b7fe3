import { createServer, type Server, type Socket } from 'node:net';
import { HarnessError, messageOf } from '../../lib/error.ts';

export type Listening = {
  readonly port: number;
  /** Accepts no more connections, and closes the open ones. */
  readonly close: () => Promise<void>;
};

export type ListenAt = { readonly host: string; readonly port: number };

export const listenAt = async ({ host, port }: ListenAt, onSocket: (socket: Socket) => void): Promise<Listening> => {
  const open = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
    socket.on('error', () => undefined);
    onSocket(socket);
  });
  await started(server, { host, port });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of open) socket.destroy();
      await closed;
    },
  };
};

const started = (server: Server, { host, port }: ListenAt): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, { host, port })));
    server.listen({ host, port, backlog: 1024 }, () => {
      // An error on accept (out of file descriptors, for instance) loses one connection; the gateway goes on.
      server.removeAllListeners('error').on('error', () => undefined);
      resolve();
    });
  });

const cannotListen = (error: NodeJS.ErrnoException, { host, port }: ListenAt): HarnessError => {
  const at = `${host} port ${port}`;
  if (error.code === 'EADDRINUSE')
    return new HarnessError('usage', `the gateway cannot listen on ${at}: another program listens there`, {
      hint: 'stop it, or use another port (0: any free port)',
      cause: error,
    });
  return new HarnessError('usage', `the gateway cannot listen on ${at}: ${messageOf(error)}`, {
    hint: 'use an address of this machine, and a port that this user may open',
    cause: error,
  });
};
