export type Stretch = readonly [first: number, last: number];

/** Collects whole numbers, in any order, as ranges. */
export class Stretches {
  readonly #own: [first: number, last: number][] = [];

  add(number: number): void {
    const latest = this.#own.at(-1);
    if (latest !== undefined && latest[1] + 1 === number) latest[1] = number;
    else this.#own.push([number, number]);
  }

  /** The ranges, ascending. Adjacent ranges are merged. A number that was added twice is in two ranges. */
  get all(): readonly Stretch[] {
    return joinedStretches(this.#own);
  }
}

const joinedStretches = (stretches: readonly Stretch[]): readonly Stretch[] => {
  const joined: [number, number][] = [];
  for (const [first, last] of stretches.toSorted(([a], [b]) => a - b)) {
    const before = joined.at(-1);
    if (before !== undefined && before[1] + 1 === first) before[1] = last;
    else joined.push([first, last]);
  }
  return joined;
};

/** True if any number is in two ranges. */
export const overlap = (stretches: readonly Stretch[]): boolean => {
  const sorted = stretches.toSorted(([a], [b]) => a - b);
  return sorted.some(([first], index) => index > 0 && first <= (sorted[index - 1] as Stretch)[1]);
};
