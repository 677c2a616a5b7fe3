import { timeOf } from '../../naming.ts';
import type { Drawing } from '../data.ts';
import type { MapScale } from './scale.ts';
import { line, path, type Shape, text } from './shape.ts';
import type { Bar } from './ticks.ts';

/** Latencies on the time axis of the map: one bar for each call, or percentiles if there are too many calls. */
export const latencyShapes = (
  { latency, series }: Drawing,
  scale: MapScale,
  bars: readonly Bar[] | undefined,
  top: number,
  height: number,
): readonly Shape[] => {
  const [p50, p95, most] = latency;
  if (most === null || p50 === null || p95 === null) return [];
  const y = (took: number): number => top + height - (Math.min(took, most) / Math.max(1, most)) * height;
  const words = spreadDown([
    { at: y(most), words: `max ${timeOf(most)}` },
    { at: y(p95), words: `p95 ${timeOf(p95)}` },
    { at: y(p50), words: `p50 ${timeOf(p50)}` },
  ]);
  return [
    text('axis-words', [scale.left - 10, top + 8], 'answer took', 'end'),
    line('axis', [scale.left, top + height], [scale.right, top + height]),
    ...words.flatMap(({ at, y: row, words: said }) => [
      line('percentile', [scale.left, at], [scale.right, at]),
      text('axis-words', [scale.right + 14, row + 4], said, 'start'),
    ]),
    ...(bars === undefined ? percentiles(series, scale, y) : barShapes(bars, scale, y)),
  ];
};

const spreadDown = <T extends { readonly at: number }>(
  items: readonly T[],
): readonly (T & { readonly y: number })[] => {
  let before = Number.NEGATIVE_INFINITY;
  return items.map((item) => {
    before = Math.max(before + 13, item.at);
    return { ...item, y: before };
  });
};

const barShapes = (bars: readonly Bar[], scale: MapScale, y: (took: number) => number): readonly Shape[] =>
  bars.map(({ from, to, isWhole }) => {
    const [x1, x2] = [Math.max(scale.left, scale.x(from)), Math.min(scale.right, scale.x(to))];
    return line(isWhole ? 'bar' : 'bar late', [x1, y(to - from)], [Math.max(x1 + 2, x2), y(to - from)]);
  });

const percentiles = (
  { width, p50, p95 }: Drawing['series'],
  scale: MapScale,
  y: (took: number) => number,
): readonly Shape[] =>
  [p50, p95].map((values, index) => {
    let d = '';
    for (const [point, value] of values.entries()) {
      const x = scale.x((point + 0.5) * width);
      if (value === null || x < scale.left || x > scale.right) continue;
      d += `${d === '' ? 'M' : 'L'}${x.toFixed(1)},${y(value).toFixed(1)}`;
    }
    return path(index === 0 ? 'curve p50' : 'curve p95', d === '' ? 'M0,0' : d);
  });
