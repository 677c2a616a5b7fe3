import { type Clock, systemClock } from '../lib/clock.ts';
import { messageOf } from '../lib/error.ts';
import type { CallObserver } from '../tap/call.ts';
import type { Context } from './context.ts';
import { callCounts } from './count-calls.ts';
import { type ArmedByName, type Fired, faultChain } from './fault-chain.ts';
import type { Authority, AuthorityFiles } from './front/authority.ts';
import { type ListenAt, type Listening, listenAt } from './front/listen.ts';
import { reachable } from './front/reachable.ts';
import { serving } from './front/serving.ts';
import { type IdleOptions, idleWatch } from './idle-watch.ts';
import type { LocalRoute } from './local-route.ts';
import type { Trouble } from './trouble.ts';
import { EngineFailure, type UpstreamConnection, upstreamConnection } from './upstream/connection.ts';
import type { Upstream } from './upstream/upstream.ts';
import { watchOnce } from './watch-once.ts';

export type GatewayOptions = {
  /** `emulator(endpoint)` or `aws(…)`. */
  readonly upstream: Upstream;
  /** Observes each call of the Kinesis API. */
  readonly observer?: CallObserver;
  readonly faults?: readonly ArmedByName[];
  readonly onFired?: (fired: Fired) => void;
  readonly routes?: readonly LocalRoute[];
  readonly onTrouble?: (trouble: Trouble) => void;
  /**
   * Called for each request through a listener, for any service, once its head is read; and for bytes that are not
   * HTTP.
   */
  readonly onRequest?: (port: string) => void;
  /** Shared by the gateways of one run. Without it, each gateway creates its own. */
  readonly authority?: Promise<Authority>;
  readonly clock?: Pick<Clock, 'sleep' | 'now'>;
  /** A connection without a byte for this long is closed. Half a request is forwarded to the engine first. */
  readonly idle?: IdleOptions;
};

export type Listener = {
  readonly host: string;
  readonly port: number;
  /** `http://127.0.0.1:4568` */
  readonly endpoint: string;
  /** The same port over TLS: `https://127.0.0.1:4568`, with a certificate of the run's authority. */
  readonly tlsEndpoint: string;
  readonly close: () => Promise<void>;
};

/** `signal` ends the waiting early. */
export type HealOptions = { readonly withinMs?: number; readonly signal?: AbortSignal };

export type Gateway = {
  /**
   * Opens a port. The tap and the faults know the calls of this port by `name`. Throws HarnessError('usage') that
   * names the port if it cannot be opened.
   */
  readonly listen: (name: string, at?: Partial<ListenAt>) => Promise<Listener>;
  /**
   * Writes the certificate authority of the run (`ca.pem`, `ca-bundle.pem`). It is valid as long as the gateway runs.
   * Its key is never written.
   */
  readonly writeCa: (folder: string) => Promise<AuthorityFiles>;
  /**
   * Releases the calls that faults hold, and waits until they are answered. No fault fires afterwards. Resolves to the
   * number of calls still unanswered at the deadline.
   */
  readonly heal: (options?: HealOptions) => Promise<number>;
  /** Closes all connections at once, and sends nothing more. The observer sees unanswered calls as lost. */
  readonly close: () => Promise<void>;
};

/**
 * A proxy between clients and an engine that understands the Kinesis API. It forwards everything byte for byte unless a
 * fault changed it, reports each call to the observer, never retries and writes no files.
 */
export const startGateway = async (options: GatewayOptions): Promise<Gateway> => {
  const { upstream, observer = silent, routes = [], clock = systemClock() } = options;
  const { onTrouble = () => undefined, onFired = () => undefined, onRequest = () => undefined } = options;
  const faults = faultChain(options.faults ?? [], onFired, clock);
  const engine = new Set<UpstreamConnection>();
  let isClosed = false;
  const closing = new AbortController();
  const trouble = (of: Trouble): void => {
    // Connections that break because the gateway closes are not failures.
    if (!isClosed) onTrouble(of);
  };
  const watches = watchOnce(observer, ({ port }, thrown) =>
    trouble({ side: 'gateway', port, message: `the observer failed: ${messageOf(thrown)}` }),
  );
  const idle = idleWatch(options.idle ?? { idleMs: 300_000, everyMs: 30_000 });
  let calls = 0;
  const context: Context = {
    upstream,
    connect: (origin) => {
      if (isClosed) throw new EngineFailure('the gateway was closed', false);
      const connection = upstreamConnection(origin, idle, () => engine.delete(connection));
      engine.add(connection);
      return connection;
    },
    idle,
    watches,
    routes,
    faults,
    nextId: () => (calls += 1),
    countCall: callCounts(faults.iterators),
    trouble,
    onRequest,
    isClosed: () => isClosed,
  };
  let made = options.authority;
  // Created on demand, because most clients do not use TLS, and the library and the keys cost 100 ms.
  const authority = (): Promise<Authority> =>
    (made ??= import('./front/authority.ts').then(({ createAuthority }) => createAuthority()));
  const listening = new Set<Listening>();
  return {
    listen: async (name, { host = '127.0.0.1', port = 0 } = {}) => {
      const opened = await listenAt({ host, port }, serving({ host, port: name, context, authority }));
      listening.add(opened);
      return {
        host,
        port: opened.port,
        endpoint: `http://${reachable(host)}:${opened.port}`,
        tlsEndpoint: `https://${reachable(host)}:${opened.port}`,
        close: async () => {
          listening.delete(opened);
          await opened.close();
        },
      };
    },
    writeCa: async (folder) => (await authority()).write(folder),
    heal: async ({ withinMs = healMsMax, signal } = {}) => {
      faults.release();
      const timer = new AbortController();
      const either = AbortSignal.any([timer.signal, closing.signal, ...(signal === undefined ? [] : [signal])]);
      await Promise.race([faults.idle(), clock.sleep(withinMs, either).catch(() => undefined)]);
      timer.abort();
      return faults.pending();
    },
    close: async () => {
      isClosed = true;
      closing.abort();
      idle.close();
      faults.release();
      watches.lose('the gateway was closed');
      const closed = [...listening].map((one) => one.close());
      listening.clear();
      for (const connection of engine) connection.destroy();
      await Promise.all(closed);
    },
  };
};

const healMsMax = 60_000;

const silent: CallObserver = { sent: () => ({ answered: () => undefined }) };
