import { constants, createServer, type Http2Server, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import { messageOf } from '../../lib/error.ts';
import type { Context } from '../context.ts';
import { upstreamPool } from '../upstream/pool.ts';
import { serveStream } from './http2-stream.ts';

/** Idle engine connections kept per session. Calls in flight have as many as they need. */
const freeMax = 16;
const idleMsMax = 300_000;
const windowBytes = 4 * 1024 * 1024;

/**
 * Serves HTTP/2 sessions on sockets that are already accepted, with prior knowledge or after ALPN. To the engine it
 * speaks HTTP/1.1.
 */
export const http2Front = (port: string, context: Context): ((socket: Socket) => void) => {
  // Answers in flight count as a session's memory. The default, 10 MB, is one GetRecords answer.
  const server: Http2Server = createServer({ settings: { initialWindowSize: windowBytes }, maxSessionMemory: 4096 });
  server.on('session', (session) => serveSession(session, port, context));
  server.on('sessionError', (error: Error) =>
    context.trouble({ side: 'client', port, message: `HTTP/2: ${messageOf(error)}` }),
  );
  return (socket) => {
    socket.once('end', () => socket.end());
    server.emit('connection', socket);
  };
};

const serveSession = (session: ServerHttp2Session, port: string, context: Context): void => {
  const pool = upstreamPool({ connect: context.connect, free: freeMax, isExpiring: true });
  let streams = 0;
  session.setLocalWindowSize(windowBytes);
  session.setTimeout(idleMsMax, () => {
    if (streams === 0) session.close();
  });
  session.on('close', pool.close);
  session.on('stream', (stream, headers) => {
    streams += 1;
    stream.once('close', () => (streams -= 1));
    stream.on('error', (error) => {
      if (stream.rstCode === constants.NGHTTP2_CANCEL) return;
      context.trouble({ side: 'client', port, message: `HTTP/2: ${messageOf(error)}` });
    });
    serveStream({ session, stream, headers, port, pool, context });
  });
};
