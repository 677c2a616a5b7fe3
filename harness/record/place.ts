import type { CommandPlace } from '../commands/command-place.ts';
import type { Gateway, Listener } from '../gateway/gateway.ts';
import type { RecordOptions } from './options.ts';

/** What a command is told of the gateway. The stream only where one alone is recorded. */
export const placeOf = async (
  { streams }: RecordOptions,
  _gateway: Gateway,
  { endpoint, port }: Listener,
): Promise<CommandPlace & { readonly bundle: string | undefined }> => ({
  endpoint,
  host: new URL(endpoint).hostname.replace(/^\[|\]$/g, ''),
  port,
  tls: port,
  stream: streams.length === 1 ? streams[0] : undefined,
  ca: undefined,
  bundle: undefined,
});
