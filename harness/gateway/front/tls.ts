import type { Socket } from 'node:net';
import { createSecureContext, createServer, type SecureContext, type TLSSocket } from 'node:tls';
import { messageOf } from '../../lib/error.ts';
import type { Context } from '../context.ts';
import type { Authority } from './authority.ts';
import { sniff } from './sniff.ts';

export type TlsFront = {
  /** The listener's address. The certificate is valid for this address and for the names of this machine. */
  readonly host: string;
  readonly port: string;
  readonly context: Context;
  readonly authority: () => Promise<Authority>;
  readonly onHttp1: (socket: Socket) => void;
  readonly onHttp2: (socket: Socket) => void;
};

const handshakeMsMax = 30_000;
const namesMax = 256;
const ownNames = [
  'localhost',
  '*.localhost',
  '127.0.0.1',
  '::1',
  'host.docker.internal',
  'host.testcontainers.internal',
];

/**
 * Terminates TLS on sockets that are already accepted. A client that asks for another name (SNI) gets a certificate for
 * it.
 */
export const tlsFront = (front: TlsFront): ((socket: Socket) => void) => {
  let serve: Promise<(socket: Socket) => void> | undefined;
  const fail = (thrown: unknown): void =>
    front.context.trouble({ side: 'gateway', port: front.port, message: `TLS: ${messageOf(thrown)}` });
  return (socket) => {
    serve ??= front.authority().then((authority) => tlsServer(front, authority));
    serve.then(
      (take) => take(socket),
      (thrown: unknown) => {
        fail(thrown);
        socket.destroy();
      },
    );
  };
};

const tlsServer = (
  { host, port, context, onHttp1, onHttp2 }: TlsFront,
  authority: Authority,
): ((socket: Socket) => void) => {
  const own = authority.certify([...ownNames, ...(ownNames.includes(host) ? [] : [host])]);
  const contexts = new Map<string, SecureContext>();
  const contextFor = (name: string): SecureContext => {
    const known = contexts.get(name);
    if (known !== undefined) return known;
    const made = createSecureContext(
      ownNames.includes(name) || contexts.size >= namesMax ? own : authority.certify([name]),
    );
    contexts.set(name, made);
    return made;
  };
  const tell = (message: string): void => context.trouble({ side: 'client', port, message: `TLS: ${message}` });
  const server = createServer(
    {
      ...own,
      ALPNProtocols: ['h2', 'http/1.1'],
      handshakeTimeout: handshakeMsMax,
      SNICallback: (name, done) => {
        try {
          done(null, contextFor(name));
        } catch (thrown) {
          done(thrown instanceof Error ? thrown : new Error(String(thrown)));
        }
      },
    },
    (socket: TLSSocket) => {
      socket.on('error', (error: NodeJS.ErrnoException) => {
        if (error.code?.startsWith('ERR_SSL') === true) tell(messageOf(error));
      });
      socket.setNoDelay(true);
      if (socket.alpnProtocol === 'h2') return onHttp2(socket);
      const fronts = { http1: onHttp1, http2: () => onHttp2(asNegotiated(socket)), tls: onHttp1 };
      sniff(
        socket,
        (spoken) => fronts[spoken](socket),
        () => tell('a connection was closed without a request: does the client trust the CA of the run?'),
      );
    },
  );
  server.on('tlsClientError', (error, socket) => {
    tell(messageOf(error));
    socket.destroy();
  });
  return (socket) => {
    // Without this, a client that aborts its handshake goes unnoticed.
    socket.allowHalfOpen = false;
    server.emit('connection', socket);
  };
};

/**
 * Marks the socket as negotiated for h2. Without ALPN, Node answers 403 to an HTTP/2 session, but a client with prior
 * knowledge (the Java SDK's Netty) negotiates no protocol.
 */
const asNegotiated = (socket: TLSSocket): TLSSocket => Object.assign(socket, { alpnProtocol: 'h2' });
