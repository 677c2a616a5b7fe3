import { createServer } from 'node:net';

/**
 * A port that was free a moment ago, on all interfaces. Another process may take it before the engine does, so the
 * caller must handle that.
 */
export const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
