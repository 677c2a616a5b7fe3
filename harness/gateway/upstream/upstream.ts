import type { WireRequest } from '../wire/messages.ts';
import type { Origin } from './connection.ts';

/** A request as it is sent to an engine. */
export type Outbound = { readonly origin: Origin; readonly bytes: readonly Buffer[] };

/** The service behind the gateway. An emulator gets the client's bytes; AWS gets the request signed again. */
export type Upstream = {
  readonly outbound: (request: WireRequest) => Outbound | Promise<Outbound>;
  /** The engine's address for requests to other services, and for bytes that are not valid HTTP/1.1. */
  readonly origin: Origin;
};
