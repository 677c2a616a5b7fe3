import type { Socket } from 'node:net';

/** Detects idle sockets. It polls their byte counts, because a timer per socket would be reset with every packet. */
export type IdleWatch = {
  /** `onIdle` is called again after each further `idleMs` without a byte. */
  readonly watch: (socket: Socket, onIdle: () => void) => void;
  readonly close: () => void;
};

export type IdleOptions = { readonly idleMs: number; readonly everyMs: number };

type Watched = { readonly onIdle: () => void; bytes: number; silentMs: number };

export const idleWatch = ({ idleMs, everyMs }: IdleOptions): IdleWatch => {
  const sockets = new Map<Socket, Watched>();
  const look = (socket: Socket, watched: Watched): void => {
    const bytes = socket.bytesRead + socket.bytesWritten;
    watched.silentMs = bytes === watched.bytes ? watched.silentMs + everyMs : 0;
    watched.bytes = bytes;
    if (watched.silentMs < idleMs) return;
    watched.silentMs = 0;
    watched.onIdle();
  };
  const timer = setInterval(() => {
    for (const [socket, watched] of sockets) look(socket, watched);
  }, everyMs);
  timer.unref();
  return {
    watch: (socket, onIdle) => {
      sockets.set(socket, { onIdle, bytes: 0, silentMs: 0 });
      socket.once('close', () => sockets.delete(socket));
    },
    close: () => clearInterval(timer),
  };
};
