import type { HistoryLine } from '../model/event.ts';
import { build } from './build.ts';
import type { Numbers } from './renumber.ts';
import { itemsOf, type Mask, type Sketch, without } from './sketch.ts';
import { passes, type Unit } from './units.ts';

/** What the judge finds in a candidate, compared with the finding that the witness must show. */
export type Said = {
  /** The finding is there, unexplained, of the same kind. */
  readonly isFound: boolean;
  /** How many other claims are violated. */
  readonly others: number;
  /**
   * How many of those are not violated by the full history: cutting makes faults of its own, for instance a record
   * without its put.
   */
  readonly strange: number;
};

/**
 * Whether a candidate shows more beside the finding than another one. Violations that the full history does not have
 * count most.
 */
export const saysMore = (one: Said, other: Said): boolean =>
  one.strange === other.strange ? one.others > other.others : one.strange > other.strange;

export type Oracle = (lines: readonly HistoryLine[]) => Promise<Said>;
export type Shrunk = { readonly lines: readonly HistoryLine[]; readonly said: Said };

/**
 * The budget of all tries together, in records and lines judged: some seconds. It is not a time, so that the same
 * history always shrinks to the same witness.
 */
const budgetMax = 1_500_000;
/** The fixed cost of one judgement, in lines. */
const perTry = 150;

/**
 * Delta debugging: cuts away whatever can go while the finding stays and no further claim breaks, in ever smaller
 * pieces, until a round finds nothing more. Source: Zeller and Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input" (2002), applied to pieces of a history instead of characters.
 */
export const shrink = async (
  sketch: Sketch,
  numbers: Numbers | undefined,
  oracle: Oracle,
): Promise<Shrunk | undefined> => {
  const search = new Search(sketch, numbers, oracle);
  return (await search.begin()) ? search.run() : undefined;
};

class Search {
  readonly #sketch: Sketch;
  readonly #oracle: Oracle;
  readonly #numbers: Numbers | undefined;
  #mask: Mask;
  #best: Shrunk = { lines: [], said: { isFound: false, others: 0, strange: 0 } };
  #budget = budgetMax;

  constructor(sketch: Sketch, numbers: Numbers | undefined, oracle: Oracle) {
    this.#sketch = sketch;
    this.#oracle = oracle;
    this.#numbers = numbers;
    this.#mask = sketch.everything();
  }

  async begin(): Promise<boolean> {
    const lines = build(this.#sketch, this.#mask, this.#numbers);
    const said = await this.#oracle(lines);
    this.#best = { lines, said };
    return said.isFound;
  }

  async run(): Promise<Shrunk> {
    for (let isSmaller = true; isSmaller && this.#budget > 0; ) {
      isSmaller = false;
      for (const pass of passes) {
        const units = pass(this.#sketch, this.#mask);
        if (await this.#cut(units)) isSmaller = true;
      }
    }
    return this.#best;
  }

  /** From halves down to single units. */
  async #cut(units: readonly Unit[]): Promise<boolean> {
    let left = units;
    for (let size = Math.max(1, left.length >> 1); left.length > 0; size = size >> 1) {
      const kept: Unit[] = [];
      for (let at = 0; at < left.length; at += size) {
        const chunk = left.slice(at, at + size);
        if (!(await this.#try(chunk.flat()))) kept.push(...chunk);
      }
      left = kept;
      if (size <= 1) break;
    }
    return left.length < units.length;
  }

  async #try(cells: Unit): Promise<boolean> {
    if (this.#budget <= 0) return false;
    const mask = without(this.#mask, cells);
    const lines = build(this.#sketch, mask, this.#numbers);
    this.#budget -= perTry + lines.reduce((sum, line) => sum + 1 + itemsOf(line).length, 0);
    const said = await this.#oracle(lines);
    if (!said.isFound || saysMore(said, this.#best.said)) return false;
    this.#mask = mask;
    this.#best = { lines, said };
    return true;
  }
}
