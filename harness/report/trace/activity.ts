import { latencyOf, latencyRow, latencyRows } from './latency.ts';
import type { Grid } from './time-bins.ts';
import { TimeBins } from './time-bins.ts';

/** Rows of the hash space in the bins of the map. */
export const hashRows = 96;
const rows = { sent: 0, acked: 1, refused: 2, read: 3, unknown: 4 } as const;

/**
 * Counts over time: by hash key for the map, by kind and by latency for the charts. Its size depends on its bins, not
 * on the length of the history.
 */
export class Activity {
  readonly bins = new TimeBins();
  readonly density: Grid = this.bins.grid(hashRows);
  readonly #counts: Grid = this.bins.grid(Object.keys(rows).length);
  readonly #latencies: Grid = this.bins.grid(latencyRows);
  readonly #open = new Map<number, { readonly since: number; readonly parts: readonly number[] }>();
  /** Microseconds; -1 without an answer. */
  #slowest = -1;
  /** Records that were sent, and delivered. */
  records = 0;
  reads = 0;
  calls = 0;

  /** Takes a sent call. `parts`: for each record its share of the hash space. Latency counts from `since`. */
  put(op: number, t: number, since: number, parts: readonly number[]): void {
    this.#open.set(op, { since, parts });
    this.#counts.add(this.bins.at(t), rows.sent, parts.length);
    this.records += parts.length;
    this.calls += 1;
  }

  /** Takes the answer of a call. `isStored` is asked for each record; `isKnown`: the outcome is not `info`. */
  ack(op: number, t: number, isKnown: boolean, isStored: (index: number) => boolean): void {
    const put = this.#open.get(op);
    if (put === undefined) return;
    this.#open.delete(op);
    const bin = this.bins.at(t);
    this.#latencies.add(bin, latencyRow(t - put.since));
    this.#slowest = Math.max(this.#slowest, t - put.since);
    for (const [index, part] of put.parts.entries()) {
      const stored = isStored(index);
      this.#counts.add(bin, stored ? rows.acked : isKnown ? rows.refused : rows.unknown);
      if (stored) this.density.add(bin, Math.min(hashRows - 1, Math.floor(part * hashRows)));
    }
  }

  read(t: number, count: number): void {
    this.reads += count;
    if (count > 0) this.#counts.add(this.bins.at(t), rows.read, count);
  }

  /** At most `max` points: counts a second, and percentiles of the latency in microseconds. */
  series(max = Math.min(240, Math.max(24, Math.round(this.calls / 4)))): Series {
    const { used, width } = this.bins;
    const per = Math.max(1, Math.ceil(used / max));
    const points = Math.ceil(used / per);
    const seconds = (per * width) / 1e6;
    const rate = (row: number): number[] =>
      Array.from({ length: points }, (_, point) => sumOf(this.#counts, point * per, per, row) / seconds);
    const at = (share: number): (number | null)[] =>
      Array.from({ length: points }, (_, point) => this.#atMost(point * per, per, share));
    return {
      width: per * width,
      sent: rate(rows.sent),
      acked: rate(rows.acked),
      refused: rate(rows.refused),
      unknown: rate(rows.unknown),
      read: rate(rows.read),
      p50: at(0.5),
      p95: at(0.95),
      max: at(1),
    };
  }

  /** p50, p95 and the largest latency of all calls together. */
  overall(): readonly [number | null, number | null, number | null] {
    const whole = (share: number): number | null => this.#atMost(0, this.bins.used, share);
    return [whole(0.5), whole(0.95), whole(1)];
  }

  /** A row is told by its largest latency, which must not be more than the slowest call took. */
  #atMost(first: number, bins: number, share: number): number | null {
    const told = quantile(this.#latencies, first, bins, share);
    return told === null ? null : Math.min(told, this.#slowest);
  }
}

export type Series = {
  /** Microseconds from one point to the next. */
  readonly width: number;
  readonly sent: readonly number[];
  readonly acked: readonly number[];
  readonly refused: readonly number[];
  readonly unknown: readonly number[];
  readonly read: readonly number[];
  readonly p50: readonly (number | null)[];
  readonly p95: readonly (number | null)[];
  readonly max: readonly (number | null)[];
};

const sumOf = (grid: Grid, first: number, bins: number, row: number): number => {
  let sum = 0;
  for (let bin = first; bin < first + bins; bin += 1) sum += grid.at(bin, row);
  return sum;
};

const quantile = (grid: Grid, first: number, bins: number, share: number): number | null => {
  const sums = Array.from({ length: grid.rows }, (_, row) => sumOf(grid, first, bins, row));
  const total = sums.reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  let left = Math.max(1, Math.ceil(total * share));
  for (const [row, count] of sums.entries()) {
    left -= count;
    if (left <= 0) return latencyOf(row);
  }
  return null;
};
