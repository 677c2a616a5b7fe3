import type { AnswerHead } from '../wire/head.ts';
import type { WireAnswer } from '../wire/messages.ts';
import type { AnswerSink, EngineFailure, Origin, UpstreamConnection } from './connection.ts';
import type { UpstreamPool } from './pool.ts';

/** The receiver of a streamed answer. `raw` returns false if the client is slower than the engine. */
export type AnswerFlow = {
  readonly body: (bytes: Buffer) => void;
  readonly raw: (bytes: Buffer) => boolean;
  readonly end: () => void;
  readonly failed: (failure: EngineFailure) => void;
};

/**
 * `whole`: the complete answer; `isForwarded`: the client has it. `flowing`: an event stream, or an answer larger than
 * the buffer; `to` streams it from its first byte.
 */
export type EngineAnswer =
  | { readonly kind: 'whole'; readonly answer: WireAnswer; readonly isForwarded: boolean }
  | { readonly kind: 'flowing'; readonly head: AnswerHead; readonly to: (flow: AnswerFlow) => Flowing };

export type Flowing = { readonly resume: () => void; readonly cancel: () => void };

export type Question = {
  readonly origin: Origin;
  readonly bytes: readonly Buffer[];
  readonly isToHead: boolean;
  /** Answers to stream instead of collect. */
  readonly isFlowing: (head: AnswerHead) => boolean;
  /**
   * Forwards bytes of the answer before they are parsed. False if that is not possible: then the answer is collected.
   */
  readonly forward?: ((bytes: Buffer) => boolean) | undefined;
};

const wholeBytesMax = 64 * 1024 * 1024;

/** Sends one request and waits for its answer. Rejects with EngineFailure. */
export const askEngine = (pool: UpstreamPool, question: Question): Promise<EngineAnswer> =>
  new Promise((resolve, reject) => {
    const connection = pool.take(question.origin);
    connection.begin(new Collected(pool, connection, question, resolve, reject), question.isToHead);
    for (const part of question.bytes) connection.write(part);
  });

/** One per call: collects an answer, or streams it. */
class Collected implements AnswerSink {
  readonly #pool: UpstreamPool;
  readonly #connection: UpstreamConnection;
  readonly #question: Question;
  readonly #resolve: (answer: EngineAnswer) => void;
  readonly #reject: (failure: EngineFailure) => void;
  readonly #raw: Buffer[] = [];
  readonly #body: Buffer[] = [];
  #size = 0;
  #head: AnswerHead | undefined;
  #isFlowing = false;
  /** undefined until the first bytes of the answer. */
  #isForwarded: boolean | undefined;
  #flow: AnswerFlow | undefined;
  /** How the answer ended before it had a receiver. */
  #ending: ((to: AnswerFlow) => void) | undefined;

  constructor(
    pool: UpstreamPool,
    connection: UpstreamConnection,
    question: Question,
    resolve: (answer: EngineAnswer) => void,
    reject: (failure: EngineFailure) => void,
  ) {
    this.#pool = pool;
    this.#connection = connection;
    this.#question = question;
    this.#resolve = resolve;
    this.#reject = reject;
  }

  /** Forwards the answer before it is parsed, to keep the added latency low. */
  arrived(bytes: Buffer): void {
    const { forward } = this.#question;
    if (forward === undefined || this.#isForwarded === false) return;
    if (this.#isForwarded === undefined && !isFinal(bytes)) this.#isForwarded = false;
    else this.#isForwarded = forward(bytes);
  }

  head(head: AnswerHead): void {
    this.#head = head;
    if (this.#question.isFlowing(head)) this.#startFlow(head);
  }

  body(bytes: Buffer): void {
    if (this.#flow !== undefined) return this.#flow.body(bytes);
    this.#size += bytes.length;
    this.#body.push(bytes);
    if (this.#size > wholeBytesMax && !this.#isFlowing && this.#head !== undefined) this.#startFlow(this.#head);
  }

  raw(bytes: Buffer): void {
    if (this.#isForwarded === true) return;
    if (this.#flow === undefined) this.#raw.push(bytes);
    else if (!this.#flow.raw(bytes)) this.#connection.pause();
  }

  end(): void {
    // It was paused for a stream that had no receiver yet, or a slow one, and the next answer comes over it, too.
    this.#connection.resume();
    this.#pool.give(this.#question.origin, this.#connection);
    if (this.#flow !== undefined) return this.#flow.end();
    if (this.#isFlowing) this.#ending = (to) => to.end();
    else if (this.#head !== undefined)
      this.#resolve({
        kind: 'whole',
        answer: { head: this.#head, body: join(this.#body), raw: this.#raw },
        isForwarded: this.#isForwarded === true,
      });
  }

  failed(failure: EngineFailure): void {
    if (this.#flow !== undefined) return this.#flow.failed(failure);
    if (this.#isFlowing) this.#ending = (to) => to.failed(failure);
    else this.#reject(failure);
  }

  #startFlow(head: AnswerHead): void {
    this.#isFlowing = true;
    this.#connection.pause();
    this.#resolve({ kind: 'flowing', head, to: (flow) => this.#handOver(flow) });
  }

  #handOver(to: AnswerFlow): Flowing {
    for (const part of this.#body.splice(0)) to.body(part);
    for (const part of this.#raw.splice(0)) to.raw(part);
    this.#flow = to;
    if (this.#ending === undefined) this.#connection.resume();
    else this.#ending(to);
    return { resume: this.#connection.resume, cancel: this.#connection.destroy };
  }
}

/** False for an interim answer (status 1xx, behind `HTTP/1.1 `): the gateway has already sent its own 100 Continue. */
const isFinal = (bytes: Buffer): boolean => bytes.length > statusAt && bytes[statusAt] !== 0x31;
const statusAt = 9;

export const isEventStream = ({ fields }: AnswerHead): boolean =>
  fields.get('content-type')?.startsWith('application/vnd.amazon.eventstream') === true;

const nothing = Buffer.alloc(0);

const join = (parts: readonly Buffer[]): Buffer => (parts.length === 1 ? (parts[0] ?? nothing) : Buffer.concat(parts));
