import type { Readable } from 'node:stream';

/** What a stream begins with, put back; null for an empty one. Whether it is packed is told by them, not by a name. */
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
