import type { WireRequest } from '../wire/messages.ts';
import type { Origin } from './connection.ts';

/** A request as it leaves for an engine. */
export type Outbound = { readonly origin: Origin; readonly bytes: readonly Buffer[] };

/** The service behind the gateway: an emulator gets the bytes as they came; AWS gets them signed again. */
export type Upstream = {
  readonly outbound: (request: WireRequest) => Outbound | Promise<Outbound>;
  /** Gets what cannot be read as HTTP/1.1. */
  readonly origin: Origin;
  /** False where a request has to be whole before it can leave: its signature covers all of it. */
  readonly isStreaming: boolean;
};
