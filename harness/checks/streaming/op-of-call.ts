const runsMax = 65_536;

/** The number of each call by its index, where calls are counted up: a run each of those that do so. */
export class OpOfCall {
  readonly #index: number[] = [];
  readonly #op: number[] = [];
  /** What the index of the next call is ahead of its number. */
  #ahead = Number.NaN;

  note(index: number, op: number): void {
    if (index - op === this.#ahead) return;
    this.#ahead = index - op;
    if (this.#index.length === runsMax) return;
    this.#index.push(index);
    this.#op.push(op);
  }

  /** Undefined: there were too many runs. */
  of(index: number): number | undefined {
    if (this.#index.length === runsMax) return undefined;
    const at = this.#index.findLastIndex((from) => from <= index);
    return at < 0 ? undefined : (this.#op[at] as number) + index - (this.#index[at] as number);
  }
}
