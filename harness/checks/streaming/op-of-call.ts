const runsMax = 65_536;

/** The number (`op`) of each call by its index. One entry is kept for each run of calls that count up. */
export class OpOfCall {
  readonly #index: number[] = [];
  readonly #op: number[] = [];
  /** Index minus `op`, of the current run. */
  #ahead = Number.NaN;

  note(index: number, op: number): void {
    if (index - op === this.#ahead) return;
    this.#ahead = index - op;
    if (this.#index.length === runsMax) return;
    this.#index.push(index);
    this.#op.push(op);
  }

  /** Undefined if there were too many runs. */
  of(index: number): number | undefined {
    if (this.#index.length === runsMax) return undefined;
    const at = this.#index.findLastIndex((from) => from <= index);
    return at < 0 ? undefined : (this.#op[at] as number) + index - (this.#index[at] as number);
  }
}
