import type { AnswerHead } from '../wire/head.ts';
import type { WireAnswer } from '../wire/messages.ts';
import type { EngineFailure, Origin, UpstreamConnection } from './connection.ts';
import type { UpstreamPool } from './pool.ts';

/** Where a flowing answer goes, part by part. `write` gives false where the client is slower than the engine. */
export type AnswerFlow = {
  readonly body: (bytes: Buffer) => void;
  readonly raw: (bytes: Buffer) => boolean;
  readonly end: () => void;
  readonly failed: (failure: EngineFailure) => void;
};

/**
 * `whole`: all of it is here. `flowing`: it is an event stream, or larger than what is kept; `to` hands it over from
 * its first byte.
 */
export type EngineAnswer =
  | { readonly kind: 'whole'; readonly answer: WireAnswer }
  | { readonly kind: 'flowing'; readonly head: AnswerHead; readonly to: (flow: AnswerFlow) => Flowing };

export type Flowing = { readonly resume: () => void; readonly cancel: () => void };

export type Question = {
  readonly origin: Origin;
  readonly bytes: readonly Buffer[];
  readonly isToHead: boolean;
  /** Answers that are handed over as they come, not when they are whole. */
  readonly isFlowing: (head: AnswerHead) => boolean;
};

const wholeBytesMax = 64 * 1024 * 1024;

/** Sends one request and waits for its answer. Rejects with EngineFailure. */
export const askEngine = (pool: UpstreamPool, question: Question): Promise<EngineAnswer> =>
  new Promise((resolve, reject) => {
    const connection = pool.take(question.origin);
    collect(connection, question, () => pool.give(question.origin, connection), resolve, reject);
    for (const part of question.bytes) connection.write(part);
  });

const collect = (
  connection: UpstreamConnection,
  { isToHead, isFlowing: isToFlow }: Question,
  release: () => void,
  resolve: (answer: EngineAnswer) => void,
  reject: (failure: EngineFailure) => void,
): void => {
  const raw: Buffer[] = [];
  const body: Buffer[] = [];
  let size = 0;
  let head: AnswerHead | undefined;
  let flow: AnswerFlow | undefined;
  let ending: ((to: AnswerFlow) => void) | undefined;
  let isFlowing = false;

  const startFlow = (of: AnswerHead): void => {
    isFlowing = true;
    connection.pause();
    resolve({ kind: 'flowing', head: of, to: handOver });
  };
  const handOver = (to: AnswerFlow): Flowing => {
    for (const part of body.splice(0)) to.body(part);
    for (const part of raw.splice(0)) to.raw(part);
    flow = to;
    if (ending === undefined) connection.resume();
    else ending(to);
    return { resume: connection.resume, cancel: connection.destroy };
  };
  connection.begin(
    {
      head: (told) => {
        head = told;
        if (isToFlow(told)) startFlow(told);
      },
      body: (bytes) => {
        if (flow !== undefined) return flow.body(bytes);
        size += bytes.length;
        body.push(bytes);
        if (size > wholeBytesMax && !isFlowing && head !== undefined) startFlow(head);
      },
      raw: (bytes) => {
        if (flow === undefined) raw.push(bytes);
        else if (!flow.raw(bytes)) connection.pause();
      },
      end: () => {
        release();
        if (flow !== undefined) return flow.end();
        if (isFlowing) ending = (to) => to.end();
        else if (head !== undefined) resolve({ kind: 'whole', answer: { head, body: join(body), raw } });
      },
      failed: (failure) => {
        if (flow !== undefined) return flow.failed(failure);
        if (isFlowing) ending = (to) => to.failed(failure);
        else reject(failure);
      },
    },
    isToHead,
  );
};

export const isEventStream = ({ fields }: AnswerHead): boolean =>
  fields.get('content-type')?.startsWith('application/vnd.amazon.eventstream') === true;

const nothing = Buffer.alloc(0);

const join = ([first, ...rest]: readonly Buffer[]): Buffer =>
  rest.length === 0 ? (first ?? nothing) : Buffer.concat(first === undefined ? rest : [first, ...rest]);
