/**
 * Bins over time, in a fixed number. If a time lies beyond the last bin, neighbours are added up and every bin becomes
 * twice as wide.
 */
export class TimeBins {
  readonly #max: number;
  readonly #grids: Grid[] = [];
  /** Microseconds in a bin. */
  width: number;
  /** The number of bins that are used. */
  used = 0;

  constructor(max = 1024, width = 1000) {
    this.#max = max;
    this.width = width;
  }

  /** A grid with a count for each bin and row. It is halved when bins become wider. */
  grid(rows: number): Grid {
    const grid = new Grid(this.#max, rows);
    this.#grids.push(grid);
    return grid;
  }

  at(t: number): number {
    const time = Math.max(0, t);
    while (time >= this.width * this.#max) this.#double();
    const bin = Math.floor(time / this.width);
    if (bin >= this.used) this.used = bin + 1;
    return bin;
  }

  #double(): void {
    this.width *= 2;
    this.used = Math.ceil(this.used / 2);
    for (const grid of this.#grids) grid.halve();
  }
}

export class Grid {
  readonly rows: number;
  readonly counts: Float64Array;

  constructor(bins: number, rows: number) {
    this.rows = rows;
    this.counts = new Float64Array(bins * rows);
  }

  add(bin: number, row: number, count = 1): void {
    const at = bin * this.rows + row;
    this.counts[at] = (this.counts[at] ?? 0) + count;
  }

  at(bin: number, row: number): number {
    return this.counts[bin * this.rows + row] ?? 0;
  }

  halve(): void {
    const { counts, rows } = this;
    const bins = counts.length / rows;
    for (let bin = 0; bin < bins; bin += 1)
      for (let row = 0; row < rows; row += 1) {
        const [a, b] = [2 * bin * rows + row, (2 * bin + 1) * rows + row];
        counts[bin * rows + row] = b < counts.length ? (counts[a] ?? 0) + (counts[b] ?? 0) : 0;
      }
  }
}
