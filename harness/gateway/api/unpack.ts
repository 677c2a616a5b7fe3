import { brotliDecompressSync, gunzipSync, inflateSync } from 'node:zlib';
import type { Fields } from '../wire/fields.ts';

const unpackedBytesMax = 64 * 1024 * 1024;

/** The body without its content-encoding; undefined if it does not decompress, or is larger than 64 MiB. */
export const unpack = (fields: Fields, body: Buffer): Buffer | undefined => {
  const encoding = fields.get('content-encoding')?.toLowerCase() ?? 'identity';
  if (encoding === 'identity' || body.length === 0) return body;
  const undo = encodings[encoding];
  if (undo === undefined) return undefined;
  try {
    return undo(body, { maxOutputLength: unpackedBytesMax });
  } catch {
    return undefined;
  }
};

const encodings: Readonly<Record<string, (body: Buffer, limits: { maxOutputLength: number }) => Buffer>> = {
  gzip: gunzipSync,
  'x-gzip': gunzipSync,
  deflate: inflateSync,
  br: brotliDecompressSync,
};
