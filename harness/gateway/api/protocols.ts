import type { Fields } from '../wire/fields.ts';
import { cborProtocol } from './cbor.ts';
import { jsonProtocol } from './json.ts';
import type { Protocol } from './protocol.ts';

const cbor = cborProtocol({ contentType: 'application/x-amz-cbor-1.1', isMillis: true });
/** Smithy RPC v2: timestamps are seconds. */
const rpcCbor = cborProtocol({ contentType: 'application/cbor', isMillis: false });

/** The protocol of a message by its content type; JSON if the content type is unknown. */
export const protocolOf = (fields: Fields): Protocol => protocolNamed(fields.get('content-type'));

export const protocolNamed = (contentType: string | undefined): Protocol => {
  if (contentType?.includes('cbor') !== true) return jsonProtocol;
  return contentType.startsWith(rpcCbor.contentType) ? rpcCbor : cbor;
};
