import type { ProxiedCall } from '../faults/fault.ts';
import type { ApiCall } from '../tap/call.ts';
import type { FaultChain } from './fault-chain.ts';
import type { IdleWatch } from './idle-watch.ts';
import type { LocalRoute } from './local-route.ts';
import type { Trouble } from './trouble.ts';
import type { Origin, UpstreamConnection } from './upstream/connection.ts';
import type { Upstream } from './upstream/upstream.ts';
import type { Watches } from './watch-once.ts';

/** What all connections of one gateway share. */
export type Context = {
  readonly upstream: Upstream;
  /** Opens a connection that is closed with the gateway. */
  readonly connect: (origin: Origin) => UpstreamConnection;
  readonly idle: IdleWatch;
  readonly watches: Watches;
  readonly routes: readonly LocalRoute[];
  readonly faults: FaultChain;
  readonly nextId: () => number;
  /** A call as faults see it: its client and its index. undefined for operations that no fault targets. */
  readonly countCall: (call: ApiCall, op: number | undefined) => Omit<ProxiedCall, 'body'> | undefined;
  readonly isClosed: () => boolean;
  readonly onRequest: (port: string) => void;
  readonly trouble: (trouble: Trouble) => void;
};
