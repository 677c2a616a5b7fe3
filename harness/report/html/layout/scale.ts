import { timeOf } from '../../naming.ts';

/** Coordinates of the map: time goes from left to right, hash keys from top to bottom. */
export type MapScale = {
  readonly view: readonly [from: number, to: number];
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly x: (t: number) => number;
  readonly y: (part: number) => number;
};

/** A key that has a line and a name. */
export type MapKey = { readonly name: string; readonly y: number; readonly isChosen: boolean };

export const mapWidth = 1060;
const left = 92;
const right = 940;

export const mapScale = (view: readonly [number, number], top: number, height: number): MapScale => {
  const [from, to] = view;
  const span = Math.max(1, to - from);
  return {
    view,
    left,
    right,
    top,
    bottom: top + height,
    x: (t) => left + ((t - from) / span) * (right - left),
    y: (part) => top + part * height,
  };
};

/** The time under a point of the map. */
export const timeAt = (
  { view, left: low, right: high }: Pick<MapScale, 'view' | 'left' | 'right'>,
  x: number,
): number => view[0] + ((x - low) / (high - low)) * (view[1] - view[0]);

/** Round times for the axis, at most `most` + 1. */
export const timeTicks = (
  [from, to]: readonly [number, number],
  most = 8,
): readonly { readonly t: number; readonly words: string }[] => {
  const raw = Math.max(1, to - from) / most;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw) ?? raw;
  const ticks: { t: number; words: string }[] = [];
  for (let t = Math.ceil(from / step) * step; t <= to; t += step) ticks.push({ t, words: axisWords(t, step) });
  return ticks;
};

const axisWords = (t: number, step: number): string => {
  if (step < 1000) return `${(t / 1000).toFixed(step < 100 ? 2 : 1)} ms`;
  if (step < 1_000_000 && t < 1_000_000) return `${Math.round(t / 1000)} ms`;
  if (step < 10_000_000)
    return `${(t / 1e6).toFixed(step < 10_000 ? 3 : step < 100_000 ? 2 : step < 1_000_000 ? 1 : 0)} s`;
  return timeOf(t);
};

/**
 * Positions that are at least `gap` apart and inside the bounds, each as near to its wanted one as the others allow.
 */
export const spread = (wanted: readonly number[], gap: number, low: number, high: number): readonly number[] => {
  const order = [...wanted.keys()].sort((a, b) => (wanted[a] ?? 0) - (wanted[b] ?? 0));
  const at = wanted.map(() => 0);
  let before = low - gap;
  for (const index of order) {
    before = Math.max(before + gap, wanted[index] ?? 0);
    at[index] = before;
  }
  let after = high + gap;
  for (const index of order.toReversed()) {
    after = Math.min(after - gap, at[index] ?? 0);
    at[index] = after;
  }
  return at;
};
