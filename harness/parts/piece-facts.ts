import { createHash } from 'node:crypto';
import { LineFeeder } from '../history/line-feeder.ts';
import { messageOf } from '../lib/error.ts';
import type { NumbersFacts } from './numbers-apart.ts';
import { type Stretch, Stretches } from './stretches.ts';
import { Survey } from './survey.ts';

/**
 * The facts of one piece of a history (a range of its lines), surveyed alone. Shards and keys are numbered in the order
 * they occur in it.
 */
export type PieceFacts = {
  readonly lines: number;
  readonly bytes: number;
  /** A digest of its first line. */
  readonly first: string;
  /** Null if no line has a time. */
  readonly firstT: number | null;
  readonly lastT: number | null;
  /** What is wrong with an invalid line. The history is then invalid. */
  readonly error?: string;
  readonly odd?: string;
  /** Its last line is incomplete. */
  readonly isCut: boolean;
  readonly inFlight: number;
  readonly inFlightMax: number;
  readonly ops: readonly Stretch[];
  readonly shards: readonly string[];
  readonly keys: readonly string[];
  readonly components: readonly {
    readonly shards: readonly number[];
    readonly keys: readonly number[];
    readonly bytes: number;
  }[];
  readonly chains: readonly (readonly [chain: number, shard: number])[];
  /** Calls not answered in this piece, with the keys of their records. */
  readonly open: readonly (readonly [op: number, keys: readonly number[]])[];
  /** Answers to calls of earlier pieces: the shard of each result, -1 if it has none; null: no results. */
  readonly foreign: readonly (readonly [op: number, shards: readonly number[] | null])[];
  readonly numbers: NumbersFacts;
};

/** Surveys a piece, line by line. */
export class PieceSurvey {
  readonly #ops = new Stretches();
  readonly #survey = new Survey((op) => this.#ops.add(op));
  readonly #first = createHash('sha256');
  #bytes = 0;
  #hasFirst = false;
  #error: string | undefined;
  readonly #feeder = new LineFeeder(
    (event) => this.#survey.event(event),
    (hot) => this.#survey.hot(hot),
    undefined,
    (source, start, end) => this.#raw(source, start, end),
  );

  feed(bytes: Uint8Array): void {
    this.#bytes += bytes.length;
    this.#try(() => this.#feeder.feed(bytes));
  }

  /**
   * The facts; to be called after the last line, which is fed without its newline. `lines`: the number of lines,
   * including blank ones.
   */
  facts(lines: number): PieceFacts {
    let isCut = false;
    this.#try(() => {
      isCut = !this.#feeder.finish();
    });
    const survey = this.#survey;
    const { odd, inFlight, inFlightMax, firstT, lastT } = survey;
    return {
      lines,
      bytes: this.#bytes,
      first: this.#first.digest('hex').slice(0, 16),
      firstT: Number.isFinite(firstT) ? firstT : null,
      lastT: Number.isFinite(lastT) ? lastT : null,
      ...(this.#error === undefined ? {} : { error: this.#error }),
      ...(odd === undefined ? {} : { odd }),
      isCut,
      inFlight,
      inFlightMax,
      ops: this.#ops.all,
      shards: survey.shards.names,
      keys: survey.keys.names,
      components: componentsOf(survey),
      chains: [...survey.chains],
      open: [...survey.open].map(([op, keys]) => [op, [...keys]] as const),
      foreign: survey.foreign.map(({ op, shards }) => [op, shards === undefined ? null : [...shards]] as const),
      numbers: survey.numbers.facts,
    };
  }

  #raw(source: Uint8Array, start: number, end: number): void {
    if (!this.#hasFirst) this.#first.update(source.subarray(start, end));
    this.#hasFirst = true;
    this.#survey.bytes = end - start;
  }

  #try(what: () => void): void {
    if (this.#error !== undefined) return;
    try {
      what();
    } catch (thrown) {
      this.#error = messageOf(thrown);
    }
  }
}

const componentsOf = (survey: Survey): PieceFacts['components'] => {
  const weights = survey.components.weights();
  const made = new Map<number, { shards: number[]; keys: number[]; bytes: number }>();
  const of = (component: number): { shards: number[]; keys: number[]; bytes: number } => {
    const known = made.get(component) ?? { shards: [], keys: [], bytes: weights.get(component) ?? 0 };
    made.set(component, known);
    return known;
  };
  for (let shard = 0; shard < survey.shards.size; shard += 1) of(survey.ofShard(shard)).shards.push(shard);
  for (let key = 0; key < survey.keys.size; key += 1) of(survey.ofKey(key)).keys.push(key);
  return [...made.values()];
};
