import { ackLine, attemptsOf, putLine, type View } from './view.ts';

/**
 * Records of a flow as they were met in a shard, if n is only the order of first sending. Between two with a known
 * order there may be one whose call overlaps with both. Then the two are no neighbours, but are compared all the same
 * (contract, rule 26).
 */
export class IntentBehind {
  readonly #view: View;
  /** Of their first puts: the line of the first answer, and of the last sending. */
  #answered = Number.POSITIVE_INFINITY;
  #sent = 0;
  /** By call, the largest number. */
  readonly #calls = new Map<number, number>();

  constructor(view: View) {
    this.#view = view;
  }

  meet(record: number): void {
    const { tables, attemptHead } = this.#view;
    const first = attemptHead.at(record);
    if (first < 0) return;
    const answered = ackLine(this.#view, first);
    if (answered > 0) this.#answered = Math.min(this.#answered, answered);
    this.#sent = Math.max(this.#sent, putLine(this.#view, first));
    for (const op of callsOf(this.#view, record))
      this.#calls.set(op, Math.max(this.#calls.get(op) ?? -1, tables.records.n.at(record)));
  }

  /** Compares a record with those that were met. Below 0: out of order; above 0: in order; undefined: unknown. */
  orderOf(record: number): number | undefined {
    const { tables, attemptHead } = this.#view;
    const first = attemptHead.at(record);
    if (first < 0) return undefined;
    const together = callsOf(this.#view, record).map((op) => this.#calls.get(op) ?? -1);
    const largest = Math.max(-1, ...together);
    const answered = ackLine(this.#view, first);
    if ((answered > 0 && this.#sent > answered) || largest > tables.records.n.at(record)) return -1;
    return largest >= 0 || this.#answered < putLine(this.#view, first) ? 1 : undefined;
  }
}

/** The calls of a record that carry several records. */
const callsOf = (view: View, record: number): readonly number[] =>
  [...attemptsOf(view, record)]
    .map((entry) => view.tables.entryOp.at(entry))
    .filter((op) => view.tables.opCount.at(op) > 1);
