import { Agent, type IncomingMessage, type ServerResponse, request as send } from 'node:http';
import { request as sendTls, Agent as TlsAgent } from 'node:https';

const bodyBytesMax = 64 * 1024 * 1024;

/** One request on to the engine, whose answer comes back as it was said: status, headers, bytes. Never retries. */
export type Relay = {
  readonly send: (incoming: IncomingMessage, body: Buffer) => Promise<Relayed>;
  readonly close: () => void;
};
export type Relayed = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: Buffer };

export const relayTo = (target: URL): Relay => {
  const isTls = target.protocol === 'https:';
  const agent = isTls ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true, noDelay: true });
  return {
    send: (incoming, body) =>
      new Promise((resolve, reject) => {
        const { 'transfer-encoding': _, ...kept } = incoming.headers;
        const headers = { ...kept, 'content-length': String(body.length) };
        const options = {
          agent,
          host: target.hostname,
          port: target.port,
          path: incoming.url,
          method: incoming.method,
          headers,
        };
        const outgoing = (isTls ? sendTls : send)(options, (answer) => {
          readBody(answer).then(
            (answered) => resolve({ status: answer.statusCode ?? 502, headers: answer.headers, body: answered }),
            reject,
          );
        });
        outgoing.on('error', reject);
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
};

export const readBody = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyBytesMax) throw new Error(`a body of more than ${bodyBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

/** Headers that speak of one connection. */
const hopByHop: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding', 'content-length']);
/** Headers that speak of the bytes, and are wrong where these were changed. */
const ofBytes: ReadonlySet<string> = new Set(['content-encoding', 'x-amz-crc32']);

/** The engine's answer, byte by byte. */
export const answerUntouched = (outgoing: ServerResponse, { status, headers, body }: Relayed): void =>
  write(outgoing, status, without(headers, hopByHop), body);

/** An answer that a fault has changed, or made. */
export const answerChanged = (outgoing: ServerResponse, { status, headers, body }: Relayed): void =>
  write(outgoing, status, without(without(headers, hopByHop), ofBytes), body);

const without = (headers: IncomingMessage['headers'], names: ReadonlySet<string>): IncomingMessage['headers'] =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !names.has(name)));

const write = (outgoing: ServerResponse, status: number, headers: IncomingMessage['headers'], body: Buffer): void => {
  outgoing.writeHead(status, { ...headers, 'content-length': String(body.length) });
  outgoing.end(body);
};
