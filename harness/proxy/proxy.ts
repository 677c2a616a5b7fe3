import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ArmedFault, FaultTools, ProxiedAnswer, ProxiedCall } from '../faults/fault.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { laterCalls } from './later-calls.ts';
import { answerChanged, answerUntouched, type Relay, type Relayed, readBody, relayTo } from './relay.ts';

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
  /** Releases what is held and waits for it: from here on the proxy only passes on, and no fault fires any more. */
  readonly heal: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/**
 * An HTTP proxy between SDK and engine that understands the Kinesis API (JSON 1.1) and runs armed faults over put calls. It knows no fault by name, never retries, and
 * passes on byte by byte whatever no fault has changed.
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
  let isHealed = false;
  const server = createServer((incoming, outgoing) => {
    const work = handle({ incoming, outgoing, armed: isHealed ? [] : armed, relay, later }).catch((thrown: unknown) =>
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
      isHealed = true;
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
  if (call === undefined || call.body === undefined || armed.length === 0) {
    const relayed = await relay.send(incoming, raw);
    if (call !== undefined) later.answered(call);
    return answerUntouched(outgoing, relayed);
  }
  const { body } = call;
  const relayed = new Map<ProxiedAnswer, Relayed>();
  let last: Relayed | undefined;
  let unreadable: Relayed | undefined;
  // Each fault wraps the next, and the innermost sends: forward => forward.
  const pass = armed.reduceRight<(body: ProxiedCall['body']) => Promise<ProxiedAnswer>>(
    (next, fault) => (given) => fault({ ...call, body: given }, next),
    async (given) => {
      last = await relay.send(incoming, given === body ? raw : Buffer.from(JSON.stringify(given)));
      const said = parse(last.body);
      if (said === undefined) unreadable = last;
      const answer: ProxiedAnswer = { kind: 'answer', status: last.status, body: said ?? {} };
      relayed.set(answer, last);
      return answer;
    },
  );
  const answer = await pass(body);
  later.answered(call);
  if (answer.kind === 'drop') {
    incoming.socket.destroy();
    return;
  }
  // Whatever no fault has touched, and what no fault could read, goes back as it came.
  const untouched = unreadable ?? relayed.get(answer);
  if (untouched !== undefined) return answerUntouched(outgoing, untouched);
  answerChanged(outgoing, {
    status: answer.status,
    headers: last?.headers ?? {},
    body: Buffer.from(JSON.stringify(answer.body)),
  });
};

/** The engine did not answer us: the client sees a broken connection too, not an error that nobody sent. */
const refuse = (outgoing: ServerResponse, thrown: unknown): void => {
  outgoing.destroy(thrown instanceof Error ? thrown : new Error(String(thrown)));
};

const apiOf = ({ headers }: IncomingMessage): string =>
  String(headers['x-amz-target'] ?? '')
    .split('.')
    .at(-1) ?? '';

/** A put call as faults see it; undefined for everything else. Without a body where that is no JSON (some SDKs write CBOR): it passes, and counts as a call. */
type SeenCall = Omit<ProxiedCall, 'body'> & { readonly body: ProxiedCall['body'] | undefined };

const callOf = (incoming: IncomingMessage, raw: Buffer): SeenCall | undefined => {
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

/** undefined where it is no JSON object; nothing at all is an empty one. */
const parse = (body: Buffer): Readonly<Record<string, unknown>> | undefined => {
  if (body.length === 0) return {};
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined;
  } catch {
    return undefined;
  }
};
