import { setImmediate as turn } from 'node:timers/promises';
import type { JudgeOptions } from '../checks/judge/options.ts';
import { seededRandom } from '../lib/random.ts';
import { wilson } from '../lib/wilson.ts';
import type { Detection, DetectionOfKind } from '../model/detection.ts';
import type { HistoryLine } from '../model/event.ts';
import { Chronicle } from './chronicle.ts';
import type { Mutator, Spot } from './mutator.ts';
import { mutators } from './registry.ts';
import { shuffled } from './shuffled.ts';
import { linesFor, mistakeAt, type TrialResult, trialResultOf } from './try-spot.ts';

/** The most places of a kind that are tried; if there are more, the seed chooses. */
export const triedMax = 200;
/** The fixed cost of each mistake, in lines. */
const eachCosts = 100;

export type MeasureOptions = JudgeOptions & {
  /** In lines and records to judge: the same budget gives the same result on every machine. */
  readonly budget: number;
  /** True: the measurement stops before its budget is used, because the machine is too slow. */
  readonly isOver?: () => boolean;
  /** Called with the number of mistakes tried so far. */
  readonly onTried?: (tried: number) => void;
};

/** Puts one mistake each into copies of a history that holds, and counts those that the judge finds. */
export const measureDetection = async (
  lines: readonly HistoryLine[],
  { budget, isOver = () => false, onTried, ...options }: MeasureOptions,
): Promise<Detection> => {
  const chronicle = new Chronicle(lines);
  const seed = chronicle.head.seed ?? chronicle.head.run;
  const trials = mutators.map((mutator) => new Trial(mutator, chronicle, seed, options));
  let left = budget;
  // Kinds take turns, so that a small budget is shared by all of them.
  for (let open = trials; open.length > 0 && left > 0 && !isOver(); open = open.filter(({ isDone }) => !isDone)) {
    for (const trial of open) left -= left > 0 ? trial.next() : 0;
    onTried?.(trials.reduce((sum, trial) => sum + trial.tried, 0));
    await turn();
  }
  const kinds = trials.map((trial) => trial.result());
  const records = chronicle.items.filter(({ isOwn, stored }) => isOwn && stored.length > 0).length;
  const blind = [...new Set(trials.flatMap((trial) => trial.blind()))];
  return { seed, records, kinds, blind };
};

class Trial {
  readonly #mutator: Mutator;
  readonly #chronicle: Chronicle;
  readonly #seed: string;
  readonly #options: JudgeOptions;
  readonly #places: number;
  readonly #spots: Iterator<Spot>;
  readonly #results: Record<TrialResult, number> = { detected: 0, allowed: 0, missed: 0 };
  isDone = false;

  constructor(mutator: Mutator, chronicle: Chronicle, seed: string, options: JudgeOptions) {
    const spots = mutator.spots(chronicle);
    this.#mutator = mutator;
    this.#chronicle = chronicle;
    this.#seed = seed;
    this.#options = options;
    this.#places = spots.length;
    this.#spots = shuffled(spots, seededRandom(`${seed}/${mutator.kind}`));
  }

  get tried(): number {
    const { detected, allowed, missed } = this.#results;
    return detected + allowed + missed;
  }

  /** Tries the next place and returns the cost. */
  next(): number {
    const { value: spot, done } = this.#spots.next();
    this.isDone = done === true || this.tried >= triedMax;
    if (this.isDone || spot === undefined) return 0;
    const edit = mistakeAt(this.#mutator, this.#chronicle, spot, this.#seed);
    if (edit === undefined) return 1;
    const lines = linesFor(this.#mutator, edit);
    this.#results[trialResultOf(this.#mutator, lines, this.#options)] += 1;
    return lines.reduce((sum, line) => sum + sizeOf(line), eachCosts);
  }

  result(): DetectionOfKind {
    const { detected, allowed } = this.#results;
    const tried = this.tried;
    return {
      kind: this.#mutator.kind,
      words: this.#mutator.words,
      places: this.#places,
      tried,
      detected,
      allowed,
      interval: wilson(detected, tried),
    };
  }

  blind(): readonly string[] {
    return this.#mutator.blind?.(this.#chronicle) ?? [];
  }
}

const sizeOf = (line: HistoryLine): number =>
  line.type === 'put' ? 1 + line.entries.length : line.type === 'page' ? 1 + (line.records?.length ?? 0) : 1;
