import { build } from './build.ts';
import type { Numbers } from './renumber.ts';
import { itemsOf, type Line, type Mask, type Sketch, without } from './sketch.ts';
import { passes, type Unit } from './units.ts';

/** What a history says of the finding that is looked for. */
export type Said = {
  /** It is there, unexplained, of the same kind. */
  readonly isFound: boolean;
  /** How many other claims are violated. */
  readonly others: number;
  /**
   * How many of these are not in the whole history: what is cut away makes its own faults, a record without its put
   * for instance.
   */
  readonly strange: number;
};

/** Does a history say more beside the finding than another one does? Above all nothing that was not there before. */
export const saysMore = (one: Said, other: Said): boolean =>
  one.strange === other.strange ? one.others > other.others : one.strange > other.strange;

export type Oracle = (lines: readonly Line[]) => Promise<Said>;
export type Shrunk = { readonly lines: readonly Line[]; readonly said: Said };

/**
 * In records and lines judged, all tries together: some seconds. Not a time, so that the same history always shrinks
 * to the same one.
 */
const budgetMax = 1_500_000;
/** What judging costs beside the lines. */
const perTry = 150;

/**
 * Delta debugging: cuts away whatever can go while the finding stays and no further claim breaks, in ever smaller
 * pieces, until a whole round finds nothing more. Source: Zeller and Hildebrandt, "Simplifying and Isolating
 * Failure-Inducing Input" (2002), over the pieces of a history instead of characters.
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
