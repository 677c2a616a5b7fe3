import type { Timing } from './timing.ts';

/** Records that were due and not yet sent, at most at once. What waits in a batch by design is among them. */
export const mostWaiting = (timings: readonly Timing[]): number => {
  const changes = timings.flatMap(({ due, sent }) => (sent > due ? [[due, 1] as const, [sent, -1] as const] : []));
  changes.sort(([a, up], [b, down]) => a - b || up - down);
  let [now, most] = [0, 0];
  for (const [, change] of changes) {
    now += change;
    most = Math.max(most, now);
  }
  return most;
};

/** Of a second of schedule, the part by which answers may fall further behind and still count as kept up. */
const growthMax = 0.03;
/** Less than this is the coarseness of timers and of batches that are cut at other places. */
const noiseUs = 20_000;

/**
 * Did the backlog stay where it was? Looks at how far answers lay behind the schedule in its second and in its last
 * quarter: a client or a service that cannot keep up falls behind by a part of every second.
 */
export const isSustained = (timings: readonly Timing[]): boolean => {
  const sorted = timings.toSorted((a, b) => a.due - b.due);
  if (sorted.length === 0 || sorted.some(({ acked }) => acked === undefined)) return false;
  const quarter = (index: number): readonly Timing[] =>
    sorted.slice(Math.floor((sorted.length * index) / 4), Math.floor((sorted.length * (index + 1)) / 4));
  const [early, late] = [quarter(1), quarter(3)];
  const grown = medianOf(late, behind) - medianOf(early, behind);
  const apart = medianOf(late, ({ due }) => due) - medianOf(early, ({ due }) => due);
  return grown <= Math.max(noiseUs, apart * growthMax);
};

const behind = ({ due, acked }: Timing): number => (acked ?? due) - due;

const medianOf = (timings: readonly Timing[], of: (timing: Timing) => number): number => {
  const values = timings.map(of).toSorted((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? 0;
};
