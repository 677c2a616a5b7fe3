import {
  Agent,
  createServer,
  type IncomingMessage,
  type Server,
  type ServerResponse,
  request as send,
} from 'node:http';
import { request as sendTls, Agent as TlsAgent } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ArmedFault, FaultTools, ProxiedAnswer, ProxiedCall } from '../faults/fault.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { laterCalls } from './later-calls.ts';

export type ArmedByName = {
  readonly id: number;
  readonly fault: string;
  readonly arm: (tools: FaultTools) => ArmedFault;
};

export type ProxyOptions = {
  /** The engine's address. */
  readonly upstream: string;
  readonly faults: readonly ArmedByName[];
  readonly onFired: (fired: {
    readonly id: number;
    readonly fault: string;
    readonly op?: number;
    readonly detail?: Readonly<Record<string, unknown>>;
  }) => void;
};

export type Proxy = {
  readonly endpoint: string;
  /** Releases what is held and waits for it: from here on the proxy only passes on. */
  readonly heal: () => Promise<void>;
  readonly close: () => Promise<void>;
};

const bodyBytesMax = 64 * 1024 * 1024;

/**
 * An HTTP proxy between SDK and engine that understands the Kinesis API (JSON 1.1) and runs armed faults over put calls. It knows no fault by name, never retries, and
 * pipes through whatever no fault can concern.
 */
export const startProxy = async ({ upstream, faults, onFired }: ProxyOptions): Promise<Proxy> => {
  const target = new URL(upstream);
  const later = laterCalls();
  const background = new Set<Promise<unknown>>();
  const inBackground = (work: Promise<unknown>): void => {
    const caught = work.catch(() => undefined).finally(() => background.delete(caught));
    background.add(caught);
  };
  const armed = faults.map(({ id, fault, arm }) =>
    arm({
      fired: (call, detail) =>
        onFired({
          id,
          fault,
          ...(call.op === undefined ? {} : { op: call.op }),
          ...(detail === undefined ? {} : { detail }),
        }),
      afterLater: later.after,
      inBackground,
    }),
  );
  const relay = relayTo(target);
  const server = createServer((incoming, outgoing) => {
    const work = handle({ incoming, outgoing, armed, relay, later }).catch((thrown: unknown) =>
      refuse(outgoing, thrown),
    );
    // A held call is carried out even when its producer has given up on it: heal must not be over before it has landed.
    if (apiOf(incoming).startsWith('Put')) inBackground(work);
  });
  await listen(server);
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    heal: async () => {
      later.release();
      await Promise.all(background);
    },
    close: async () => {
      later.release();
      relay.close();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
};

const listen = (server: Server): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new HarnessError('target', `the proxy could not listen: ${messageOf(error)}`, { cause: error })),
    );
    server.listen(0, '127.0.0.1', resolve);
  });

type Relay = {
  readonly send: (incoming: IncomingMessage, body: Buffer) => Promise<Relayed>;
  readonly close: () => void;
};
type Relayed = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: Buffer };

const relayTo = (target: URL): Relay => {
  const isTls = target.protocol === 'https:';
  const agent = isTls ? new TlsAgent({ keepAlive: true }) : new Agent({ keepAlive: true, noDelay: true });
  return {
    send: (incoming, body) =>
      new Promise((resolve, reject) => {
        const headers = { ...incoming.headers, 'content-length': String(body.length) };
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

const readBody = async (message: IncomingMessage): Promise<Buffer> => {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of message as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > bodyBytesMax) throw new Error(`a body of more than ${bodyBytesMax} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
};

type Exchange = {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  readonly armed: readonly ArmedFault[];
  readonly relay: Relay;
  readonly later: ReturnType<typeof laterCalls>;
};

const handle = async ({ incoming, outgoing, armed, relay, later }: Exchange): Promise<void> => {
  const raw = await readBody(incoming);
  const call = callOf(incoming, raw);
  if (call === undefined) return answerRaw(outgoing, await relay.send(incoming, raw));
  let headers: IncomingMessage['headers'] = {};
  // Each fault wraps the next, and the innermost sends: forward => forward.
  const pass = armed.reduceRight<(body: ProxiedCall['body']) => Promise<ProxiedAnswer>>(
    (next, fault) => (body) => fault({ ...call, body }, next),
    async (body) => {
      const answer = await relay.send(incoming, body === call.body ? raw : Buffer.from(JSON.stringify(body)));
      headers = answer.headers;
      return { kind: 'answer', status: answer.status, body: parse(answer.body) };
    },
  );
  const answer = await pass(call.body);
  later.answered(call);
  if (answer.kind === 'drop') {
    incoming.socket.destroy();
    return;
  }
  const body = Buffer.from(JSON.stringify(answer.body));
  answerRaw(outgoing, { status: answer.status, headers, body });
};

const answerRaw = (outgoing: ServerResponse, { status, headers, body }: Relayed): void => {
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.has(name));
  outgoing.writeHead(status, { ...Object.fromEntries(kept), 'content-length': String(body.length) });
  outgoing.end(body);
};

/** Headers that speak of one connection, or of a body that may have changed. */
const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
  'x-amz-crc32',
]);

/** The engine did not answer us: the client sees a broken connection too, not an error that nobody sent. */
const refuse = (outgoing: ServerResponse, thrown: unknown): void => {
  outgoing.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)));
};

const apiOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1) ?? '';

/** A put call as faults see it; undefined for everything else. */
const callOf = (incoming: IncomingMessage, raw: Buffer): ProxiedCall | undefined => {
  const api = apiOf(incoming);
  if (api !== 'PutRecord' && api !== 'PutRecords') return undefined;
  const op = incoming.headers['x-kinesis-order-op'];
  const producer = incoming.headers['x-kinesis-order-producer'];
  return {
    api,
    call: Number(incoming.headers['x-kinesis-order-call'] ?? 0),
    ...(op === undefined ? {} : { op: Number(op) }),
    ...(producer === undefined ? {} : { producer: decodeURIComponent(String(producer)) }),
    body: parse(raw),
  };
};

const parse = (body: Buffer): Readonly<Record<string, unknown>> => {
  const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
};
