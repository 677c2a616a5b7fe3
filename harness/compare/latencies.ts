/**
 * Latencies, exact to three digits, with counts. Stretches of the schedule are kept separate, because neighbours share
 * their pauses: a bootstrap over single records would take one pause for many. Counts of several rounds are added;
 * percentiles are never averaged. An HDR histogram would do the same, but `hdr-histogram-js` brings three more
 * packages, an AssemblyScript loader among them, and a sorted list of distinct values is enough here.
 */
export type Stretch = readonly (readonly [value: number, count: number])[];
export type Latencies = {
  readonly count: number;
  /** Microseconds. */
  readonly max: number;
  readonly stretches: readonly Stretch[];
};

export type Observation = { readonly dueUs: number; readonly latencyUs: number };

const stretchUs = 250_000;
const digits = 3;

export const latenciesOf = (rounds: readonly (readonly Observation[])[]): Latencies => {
  const stretches = rounds.flatMap(stretchesOf);
  const all = rounds.flat();
  return { count: all.length, max: all.reduce((most, { latencyUs }) => Math.max(most, latencyUs), 0), stretches };
};

const stretchesOf = (round: readonly Observation[]): readonly Stretch[] => {
  const counts = new Map<number, Map<number, number>>();
  for (const { dueUs, latencyUs } of round) {
    const index = Math.floor(dueUs / stretchUs);
    const stretch = counts.get(index) ?? new Map<number, number>();
    counts.set(index, stretch);
    const value = rounded(latencyUs);
    stretch.set(value, (stretch.get(value) ?? 0) + 1);
  }
  return [...counts.values()].map((stretch) => [...stretch].toSorted(([a], [b]) => a - b));
};

const rounded = (value: number): number => {
  if (value < 10 ** digits) return Math.max(0, Math.round(value));
  const step = 10 ** (Math.floor(Math.log10(value)) + 1 - digits);
  return Math.round(value / step) * step;
};

/** A percentile with fewer samples beyond it proves nothing. */
const beyondMin = 10;

export const isEnough = (count: number, share: number): boolean => count * (1 - share) >= beyondMin - 1e-9;

/** The smallest value that `share` of all lie at or below, in microseconds. Undefined if there are too few samples. */
export const percentile = (latencies: Latencies, share: number): number | undefined =>
  isEnough(latencies.count, share) ? quantile(merged(latencies.stretches), share) : undefined;

/** The median in microseconds, for any number of records. */
export const medianLatency = ({ stretches }: Latencies): number => quantile(merged(stretches), 0.5);

/** Distinct values, ascending, with their counts. */
export const merged = (stretches: readonly Stretch[]): Stretch => {
  const counts = new Map<number, number>();
  for (const stretch of stretches)
    for (const [value, count] of stretch) counts.set(value, (counts.get(value) ?? 0) + count);
  return [...counts].toSorted(([a], [b]) => a - b);
};

export const quantile = (sorted: Stretch, share: number): number => {
  const total = sorted.reduce((sum, [, count]) => sum + count, 0);
  const rank = Math.max(1, Math.ceil(share * total - 1e-9));
  let seen = 0;
  for (const [value, count] of sorted) {
    seen += count;
    if (seen >= rank) return value;
  }
  return sorted.at(-1)?.[0] ?? 0;
};
