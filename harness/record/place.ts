import type { CommandPlace } from '../commands/command-place.ts';
import type { Gateway, Listener } from '../gateway/gateway.ts';
import type { RecordOptions } from './options.ts';

/** What a command learns about the gateway. The stream is included only if it is the only one that is recorded. */
export const placeOf = (
  { streams }: Pick<RecordOptions, 'streams'>,
  { endpoint, port }: Listener,
  { caFile, bundleFile }: Awaited<ReturnType<Gateway['writeCa']>>,
): CommandPlace & { readonly bundle: string } => ({
  endpoint,
  host: new URL(endpoint).hostname.replace(/^\[|\]$/g, ''),
  port,
  // One port: the gateway recognises TLS by its first byte.
  tls: port,
  stream: streams.length === 1 ? streams[0] : undefined,
  ca: caFile,
  bundle: bundleFile,
});
