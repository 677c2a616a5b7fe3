import { markLabel, timeOf } from '../../naming.ts';
import type { Drawing } from '../data.ts';
import { bandShapes } from './map-bands.ts';
import { findingShapes } from './map-findings.ts';
import { keyNames } from './map-keys.ts';
import { latencyShapes } from './map-latency.ts';
import { lineageShapes, shardEnds, shardShapes } from './map-shards.ts';
import { type MapKey, type MapScale, mapScale, mapWidth, timeTicks } from './scale.ts';
import { line, path, rect, type Shape, text, widthOf } from './shape.ts';
import type { Bar, Ticks } from './ticks.ts';

export type MapInput = {
  readonly drawing: Drawing;
  readonly view: readonly [number, number];
  /** Undefined if there are too many to draw one by one. The page then draws bins below the map. */
  readonly ticks: Ticks | undefined;
  readonly bars: readonly Bar[] | undefined;
  readonly keys: readonly MapKey[];
  /** The key whose record numbers are written, as its index in the trace. */
  readonly chosen: number;
  /** The index of the finding that is shown. Its mark has a name. */
  readonly finding: number;
};

export type MapSheet = {
  readonly width: number;
  readonly height: number;
  readonly shapes: readonly Shape[];
  readonly scale: MapScale;
};

const plotHeight = 330;
const latencyHeight = 58;

/**
 * The stream as a map: shards are rectangles, keys are lines, acknowledged records are ticks, and findings lie on top.
 */
export const mapLayout = (input: MapInput): MapSheet => {
  const { drawing, view, ticks, keys } = input;
  const bands = bandShapes(drawing, view);
  const scale = mapScale(view, 30 + bands.rows * 15, plotHeight);
  const latencyTop = scale.bottom + 46;
  const shapes = [
    ...shardShapes(drawing, scale, keys),
    ...bands.shapes(scale),
    ...keys.map(({ y, isChosen }) =>
      line(isChosen ? 'key-line chosen' : 'key-line', [scale.left, scale.y(y)], [scale.right, scale.y(y)]),
    ),
    ...shardEnds(drawing, scale),
    ...lineageShapes(drawing, scale),
    ...(ticks === undefined ? [] : tickShapes(ticks, scale, input.chosen)),
    ...keyNames(keys, scale),
    ...axes(scale, drawing),
    ...findingShapes(drawing, scale, input.finding),
    ...latencyShapes(drawing, scale, input.bars, latencyTop, latencyHeight),
  ];
  return { width: mapWidth, height: latencyTop + latencyHeight + 22, shapes, scale };
};

const tickShapes = ({ ticks, refusals }: Ticks, scale: MapScale, chosen: number): readonly Shape[] => {
  let end = Number.NEGATIVE_INFINITY;
  const own = ticks.flatMap(({ t, y, key, count, ns }): readonly Shape[] => {
    const isChosen = key === chosen;
    const height = Math.min(22, (isChosen ? 12 : 7) + Math.log2(count) * 3);
    const [x, middle] = [scale.x(t), scale.y(y)];
    const tick = rect(isChosen ? 'tick chosen' : 'tick', {
      x: x - (isChosen ? 2.25 : 1.5),
      y: middle - height / 2,
      width: isChosen ? 4.5 : 3,
      height,
      rx: 1,
    });
    if (!isChosen) return [tick];
    const words = numbersOf(ns, count);
    const wide = widthOf(words, 11);
    if (x - wide / 2 < end || words === '') return [tick];
    end = x + wide / 2 + 5;
    return [tick, text('tick-words', [x, middle - height / 2 - 5], words, 'middle')];
  });
  const refused = refusals.map(({ t, y }) => {
    const [x, middle] = [scale.x(t), scale.y(y)];
    return path('refusal', `M${x - 3.5},${middle - 3.5} l7,7 M${x + 3.5},${middle - 3.5} l-7,7`);
  });
  return [...own, ...refused];
};

/** `10, 20–24`: numbers that count up are joined. */
export const numbersOf = (ns: readonly number[], count: number): string => {
  const runs: [number, number][] = [];
  for (const n of ns) {
    if (n < 0) continue;
    const last = runs.at(-1);
    if (last !== undefined && n === last[1] + 1) last[1] = n;
    else runs.push([n, n]);
  }
  const words = runs
    .slice(0, 3)
    .map(([from, to]) => (from === to ? markLabel(from) : `${markLabel(from)}–${markLabel(to)}`));
  return `${words.join(', ')}${runs.length > 3 || count > ns.length ? ' …' : ''}`;
};

const axes = (scale: MapScale, { end }: Drawing): readonly Shape[] => {
  const ends = [0, 0.25, 0.5, 0.75, 1].map((part, index): readonly Shape[] => [
    line('axis', [scale.left - 6, scale.y(part)], [scale.left, scale.y(part)]),
    text('axis-words', [scale.left - 10, scale.y(part) + 4], ['0', '¼', '½', '¾', '2¹²⁸ − 1'][index] ?? '', 'end'),
  ]);
  const times = timeTicks(scale.view).flatMap(({ t, words }): readonly Shape[] => [
    line('axis', [scale.x(t), scale.bottom], [scale.x(t), scale.bottom + 5]),
    text('axis-words', [scale.x(t), scale.bottom + 19], words, 'middle'),
  ]);
  return [
    text('axis-words', [16, scale.top - 12], 'hash key', 'start'),
    ...(end > scale.view[1]
      ? [text('axis-words', [scale.right + 14, scale.bottom + 19], `read to ${timeOf(end)}`, 'start')]
      : []),
    ...ends.flat(),
    line('axis', [scale.left, scale.bottom], [scale.right, scale.bottom]),
    ...times,
  ];
};
