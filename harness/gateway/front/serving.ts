import type { Socket } from 'node:net';
import type { Context } from '../context.ts';
import type { Authority } from './authority.ts';
import { serveHttp1 } from './http1.ts';
import { http2Front } from './http2.ts';
import { sniff } from './sniff.ts';
import { tlsFront } from './tls.ts';

export type Serving = {
  readonly host: string;
  readonly port: string;
  readonly context: Context;
  readonly authority: () => Promise<Authority>;
};

/** Serves three protocols on one port, detected by the first bytes. */
export const serving = ({ host, port, context, authority }: Serving): ((socket: Socket) => void) => {
  const onHttp1 = (socket: Socket): void => serveHttp1(socket, port, context);
  const onHttp2 = http2Front(port, context);
  const onTls = tlsFront({ host, port, context, authority, onHttp1, onHttp2 });
  const fronts = { tls: onTls, http2: onHttp2, http1: onHttp1 };
  return (socket) => sniff(socket, (spoken) => fronts[spoken](socket));
};
