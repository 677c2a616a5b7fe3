import type { EventBody } from '../model/event.ts';
import type { ApiCall, CallWatch } from './call.ts';
import { Invocations } from './invocations.ts';
import { type PutCall, putCallOf } from './put-call.ts';
import { attemptOf, putAnswer, putEvent } from './put-events.ts';
import type { Place, RecordIds } from './record-ids.ts';
import { ackLine, firstDue } from './write-put.ts';

export type PutTapOptions = {
  readonly write: (event: EventBody) => number;
  readonly ids: RecordIds;
  readonly nextOp: () => number;
  readonly producerOf: (call: ApiCall) => string;
  /** When each record of the put was due; undefined if unknown. */
  readonly duesOf?: (put: PutCall) => readonly (number | undefined)[] | undefined;
  /** Called after each answer with the places of the acknowledged records. */
  readonly onAcked: (places: readonly Place[]) => void;
  /** Called after each answer, or missing answer, is written. */
  readonly onAnswered: () => void;
};

/**
 * Writes the puts of one stream. Each put is written before its answer, and its answer before the client's next call.
 */
export class PutTap {
  readonly #options: PutTapOptions;
  readonly #invocations = new Invocations();
  underWay = 0;

  constructor(options: PutTapOptions) {
    this.#options = options;
  }

  /** Undefined for a put whose body cannot be decoded: no engine accepts it. */
  sent(call: ApiCall): CallWatch | undefined {
    const put = putCallOf(call);
    if (put === undefined) return undefined;
    const { ids, nextOp, producerOf, duesOf, write } = this.#options;
    const producer = producerOf(call);
    const before = this.#invocations.before(call.invocationId);
    const sent = ids.send(producer, put.records, before?.known);
    const op = nextOp();
    const attempt = attemptOf(call, before?.attempts ?? 0);
    this.#invocations.note(call.invocationId, { op, attempts: attempt, known: sent.known });
    this.underWay += 1;
    const dues = duesOf?.(put) ?? [];
    write(putEvent({ op, producer, attempt, retryOf: before?.op, due: firstDue(dues) }, put, sent.ids, dues));
    return {
      op,
      answered: (answer) => {
        this.underWay -= 1;
        const { event, outcomes, places } = putAnswer(put, answer);
        write(ackLine(op, event));
        sent.answered(outcomes, places);
        this.#options.onAcked(places.filter((place) => place !== undefined));
        this.#options.onAnswered();
      },
    };
  }
}
