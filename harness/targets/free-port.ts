import { createServer } from 'node:net';

/**
 * A port that was free a moment ago, on all interfaces. Whoever starts an engine on it must bear that somebody was
 * quicker.
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
