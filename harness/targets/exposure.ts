import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';

const askMs = 500;

/**
 * The address at which others on the network reach a port of this machine; undefined if it is not reachable. Anyone who
 * can reach the engine can write to the stream under test.
 */
export const exposedAt = async (port: number, addresses = ownAddresses()): Promise<string | undefined> => {
  const answers = await Promise.all(addresses.map((host) => isOpen(host, port)));
  const at = answers.indexOf(true);
  return at < 0 ? undefined : `${addresses[at]}:${port}`;
};

/** Addresses of this machine without those that only it can reach. */
const ownAddresses = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
    .map(({ address }) => address);

const isOpen = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host, port, timeout: askMs });
    const is = (open: boolean): void => {
      socket.destroy();
      resolve(open);
    };
    socket
      .once('connect', () => is(true))
      .once('error', () => is(false))
      .once('timeout', () => is(false));
  });
