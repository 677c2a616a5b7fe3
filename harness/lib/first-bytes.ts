import type { Readable } from 'node:stream';

/**
 * The first chunk of a stream, put back after it was read; null for an empty stream. Compression is recognised by
 * these bytes, not by the file name.
 */
export const firstBytes = (stream: Readable): Promise<Buffer | null> =>
  new Promise((resolve, reject) => {
    stream.once('error', reject);
    stream.once('readable', () => {
      stream.off('error', reject);
      const bytes = stream.read() as Buffer | null;
      if (bytes !== null) stream.unshift(bytes);
      resolve(bytes);
    });
  });
