import type { Origin, UpstreamConnection } from './connection.ts';

/** The connections that stand behind one client connection, as if the client had opened them itself. */
export type UpstreamPool = {
  /** One that is free, else a new one. Give it back once its exchange is over. */
  readonly take: (origin: Origin) => UpstreamConnection;
  readonly give: (origin: Origin, connection: UpstreamConnection) => void;
  /** Closes those that are free, and each of the others when it is given back. */
  readonly close: () => void;
};

export type PoolOptions = {
  readonly connect: (origin: Origin) => UpstreamConnection;
  /** Free connections kept. */
  readonly free: number;
  /** Give up free connections before the engine does. Off where the client itself decides how long it uses one. */
  readonly isExpiring: boolean;
  /** The engine closed a connection that was free. */
  readonly onIdleClose?: () => void;
};

type Free = { readonly origin: string; readonly connection: UpstreamConnection; readonly until: number };

export const upstreamPool = ({
  connect,
  free: freeMax,
  isExpiring,
  onIdleClose = () => undefined,
}: PoolOptions): UpstreamPool => {
  let free: Free[] = [];
  let isClosed = false;
  return {
    take: (origin) => {
      const name = nameOf(origin);
      const now = isExpiring ? performance.now() : 0;
      for (const { connection } of free.filter(({ until }) => until < now)) connection.destroy();
      const found = free.findLast(({ origin: other, connection }) => other === name && connection.isUsable());
      if (found === undefined) return connect(origin);
      free = free.filter((other) => other !== found);
      return found.connection;
    },
    give: (origin, connection) => {
      if (!connection.isUsable()) return onIdleClose();
      if (isClosed || free.length >= freeMax) return connection.destroy();
      free.push({
        origin: nameOf(origin),
        connection,
        until: isExpiring ? performance.now() + connection.keepsForMs() : 0,
      });
      connection.onIdleClose(() => {
        free = free.filter((other) => other.connection !== connection);
        if (!isClosed) onIdleClose();
      });
    },
    close: () => {
      isClosed = true;
      for (const { connection } of free) connection.destroy();
      free = [];
    },
  };
};

const nameOf = ({ host, port, isTls }: Origin): string => `${isTls ? 'https' : 'http'}://${host}:${port}`;
