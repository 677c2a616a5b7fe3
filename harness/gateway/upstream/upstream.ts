import type { WireRequest } from '../wire/messages.ts';
import type { Origin } from './connection.ts';

/** A request as it leaves for an engine. */
export type Outbound = { readonly origin: Origin; readonly bytes: readonly Buffer[] };

/** The service behind the gateway: an emulator gets the bytes as they came; AWS gets them signed again. */
export type Upstream = {
  readonly outbound: (request: WireRequest) => Outbound | Promise<Outbound>;
  /** Gets requests for other services than Kinesis, and what cannot be read as HTTP/1.1. */
  readonly origin: Origin;
};
