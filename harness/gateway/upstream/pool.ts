import type { Origin, UpstreamConnection } from './connection.ts';

/** The engine connections of one client connection, as if the client had opened them itself. */
export type UpstreamPool = {
  /** Returns an idle connection, else a new one. Give it back after the exchange. */
  readonly take: (origin: Origin) => UpstreamConnection;
  readonly give: (origin: Origin, connection: UpstreamConnection) => void;
  /** Closes idle connections now, and each of the others when it is given back. */
  readonly close: () => void;
};

export type PoolOptions = {
  readonly connect: (origin: Origin) => UpstreamConnection;
  /** Maximum number of idle connections. */
  readonly free: number;
  /** Close idle connections before the engine does. Off if the client decides how long it uses one. */
  readonly isExpiring: boolean;
  /** Called when the engine closes a connection without an exchange in flight. */
  readonly onIdleClose?: () => void;
};

type Free = { readonly origin: Origin; readonly connection: UpstreamConnection; readonly until: number };

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
      if (isExpiring) {
        const now = performance.now();
        for (const { connection } of free.filter(({ until }) => until < now)) connection.destroy();
      }
      const at = free.findLastIndex((one) => isSame(one.origin, origin) && one.connection.isUsable());
      const [found] = at < 0 ? [] : free.splice(at, 1);
      return found?.connection ?? connect(origin);
    },
    give: (origin, connection) => {
      if (!connection.isUsable()) return onIdleClose();
      if (isClosed || free.length >= freeMax) return connection.destroy();
      free.push({
        origin,
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

const isSame = (one: Origin, other: Origin): boolean =>
  one === other || (one.host === other.host && one.port === other.port && one.isTls === other.isTls);
