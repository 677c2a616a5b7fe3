import type { Socket } from 'node:net';
import { messageOf } from '../../lib/error.ts';
import type { Context } from '../context.ts';
import { pass } from '../pass.ts';
import { upstreamPool } from '../upstream/pool.ts';
import type { RequestHead } from '../wire/head.ts';
import { UnreadableMessage } from '../wire/message-reader.ts';
import type { WireRequest } from '../wire/messages.ts';
import { aheadOf } from './ahead.ts';
import { relayBlindly } from './blind.ts';
import { http1Client } from './http1-client.ts';
import { requestCollector } from './request-collector.ts';
import { isUpgrade, withoutUpgrade } from './upgrade.ts';

/**
 * One HTTP/1.1 connection of a client, with one connection to the engine. If the engine closes its connection, the
 * client's is closed too, as it would be without a gateway. Requests are handled one at a time; pipelined requests
 * wait.
 */
export const serveHttp1 = (socket: Socket, port: string, context: Context): void => {
  let state: 'reading' | 'busy' | 'blind' = 'reading';
  let isGone = false;
  /**
   * True if the engine closed its connection during the answer in flight: the client's is closed after that answer.
   */
  let isLast = false;
  const ahead = aheadOf();

  const pool = upstreamPool({
    connect: context.connect,
    free: 1,
    isExpiring: false,
    onIdleClose: () => {
      if (state === 'busy') isLast = true;
      else if (state === 'reading' && collector.isBetween()) close();
    },
  });
  let head: RequestHead | undefined;
  let upgrade: WireRequest | undefined;
  const client = http1Client({ socket, port, pool, isGone: () => isGone || !socket.writable, head: () => head });

  const begin = (request: WireRequest): void => {
    context.onRequest(port);
    state = 'busy';
    head = request.head;
    if (isUpgrade(request.head)) upgrade = request;
    else pass(context, client, withoutUpgrade(request)).then(goOn, fail);
  };
  const collector = requestCollector(socket, begin);

  const goOn = (): void => {
    if (socket.writableNeedDrain && !isGone) return void socket.once('drain', goOn);
    state = 'reading';
    if (socket.destroyed || isLast) return close();
    for (const bytes of ahead.take()) take(bytes);
    if (isGone) onEnd();
    else if (socket.isPaused()) socket.resume();
  };
  const take = (bytes: Buffer): void => {
    if (state === 'busy') return hold(bytes);
    try {
      const rest = collector.push(bytes);
      if (upgrade !== undefined) goBlind(rest === undefined ? upgrade.raw : [...upgrade.raw, rest]);
      else if (rest !== undefined) take(rest);
    } catch (thrown) {
      unreadable(messageOf(thrown), thrown instanceof UnreadableMessage ? [thrown.bytes] : []);
    }
  };
  const hold = (bytes: Buffer): void => {
    ahead.hold(bytes);
    if (ahead.isFull()) socket.pause();
  };

  const unreadable = (message: string, bytes: readonly Buffer[]): void => {
    context.onRequest(port);
    context.trouble({ side: 'client', port, message: `${message}: forwarded unparsed` });
    goBlind([...collector.received(), ...bytes]);
  };
  const goBlind = (received: readonly Buffer[]): void => {
    state = 'blind';
    socket.off('data', take).off('end', onEnd);
    pool.close();
    relayBlindly(socket, context, received);
  };
  const fail = (thrown: unknown): void => {
    context.trouble({ side: 'gateway', port, message: messageOf(thrown) });
    close();
  };
  const close = (): void => {
    socket.destroySoon();
    pool.close();
  };

  const onEnd = (): void => {
    isGone = true;
    if (state !== 'reading') return;
    if (collector.isBetween()) return close();
    unreadable('the client ended in the middle of a request', []);
  };
  /** Half a request is forwarded to the engine; a connection between two requests is closed. */
  const onIdle = (): void => {
    if (state !== 'reading') return;
    if (collector.isBetween()) return close();
    unreadable('half a request, then no bytes until the idle timeout', []);
  };
  socket.on('data', take).on('end', onEnd);
  context.idle.watch(socket, onIdle);
  socket.on('error', () => undefined);
  socket.on('close', () => {
    isGone = true;
    pool.close();
  });
};
