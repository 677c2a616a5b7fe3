import type { Drawing, MapMark } from '../data.ts';
import type { MapScale } from './scale.ts';
import { circle, line, path, rect, type Shape, text, widthOf } from './shape.ts';

/**
 * Findings on the map. Each mark is drawn at its place; only the names avoid each other. The `ref` is `finding` and
 * its number.
 */
export const findingShapes = ({ marks, shards }: Drawing, scale: MapScale, chosen: number): readonly Shape[] => {
  const taken: { x: number; y: number; width: number }[] = [];
  const isFree = (x: number, y: number, width: number): boolean =>
    taken.every((other) => Math.abs(other.y - y) > 12 || x > other.x + other.width || x + width < other.x);
  return marks
    .filter(({ t, refused }) => inView(scale, t) || (refused !== null && inView(scale, refused.t)))
    .toSorted((a, b) => Number(b.finding === chosen) - Number(a.finding === chosen))
    .flatMap((mark): readonly Shape[] => {
      const look = `${mark.isViolation ? 'violated' : 'allowed'}${mark.finding === chosen ? ' shown' : ''}`;
      const x = scale.x(mark.t);
      const y = scale.y(mark.place ?? (mark.y[0] + mark.y[1]) / 2);
      const body = bodies[mark.form]({ mark, look, x, y, scale, shards });
      const words = mark.refused === null && (mark.isViolation || mark.form !== 'topology') ? mark.label : '';
      const width = widthOf(words, 11.5) + 4;
      const at = { x: Math.min(scale.right - width, x + 9), y: y - 9, width };
      if (words === '' || !isFree(at.x, at.y, width)) return [...joined(mark, look, scale), ...body];
      taken.push(at);
      return [
        ...joined(mark, look, scale),
        ...body,
        text(`mark-words ${look}`, [at.x, at.y], words, 'start', refOf(mark)),
      ];
    });
};

const refOf = ({ finding }: Pick<MapMark, 'finding'>): string => `finding ${finding}`;

const inView = ({ view }: MapScale, t: number): boolean => t >= view[0] && t <= view[1];

/**
 * Lines from where a record was refused to where it was stored, and from the line of its key to the shard that holds
 * it.
 */
const joined = (mark: MapMark, look: string, scale: MapScale): readonly Shape[] => {
  const { refused, t, y, place } = mark;
  const finding = refOf(mark);
  const own = scale.y((y[0] + y[1]) / 2);
  const shapes: Shape[] =
    place === null ? [] : [line(`mark-line ${look}`, [scale.x(t), own], [scale.x(t), scale.y(place)], finding)];
  if (refused === null) return shapes;
  const [x1, x2] = [scale.x(refused.t), scale.x(t)];
  const bend = Math.min(34, 12 + (x2 - x1) / 8);
  const isAbove = own + bend > scale.bottom - 4;
  const dip = own + (isAbove ? -bend : bend);
  shapes.push(
    path(
      `mark-line ${look}`,
      `M${x1},${own + (isAbove ? -7 : 7)} C${x1 + 6},${dip} ${x2 - 6},${dip} ${x2},${own + (isAbove ? -10 : 10)}`,
      finding,
    ),
    path(`mark-cross ${look}`, `M${x1 - 4.5},${own - 4.5} l9,9 M${x1 + 4.5},${own - 4.5} l-9,9`, finding),
  );
  const words = refused.label;
  const middle = (x1 + x2) / 2;
  if (widthOf(words, 11.5) < x2 - x1 - 10)
    shapes.push(
      text(
        `mark-words ${look}`,
        [middle, own + (isAbove ? -0.75 * bend - 9 : 0.75 * bend + 17)],
        words,
        'middle',
        finding,
      ),
    );
  else
    shapes.push(
      text(
        `mark-words ${look}`,
        [Math.min(x2 + 8, scale.right - widthOf(words, 11.5)), own + (isAbove ? -14 : 22)],
        words,
        'start',
        finding,
      ),
    );
  return shapes;
};

type BodyInput = {
  readonly mark: MapMark;
  readonly look: string;
  readonly x: number;
  readonly y: number;
  readonly scale: MapScale;
  readonly shards: Drawing['shards'];
};
type Body = (input: BodyInput) => readonly Shape[];

const bodies: Readonly<Record<MapMark['form'], Body>> = {
  late: ({ mark, look, x, y }) => [
    rect(`mark-body ${look}`, { x: x - 3, y: y - 10, width: 6, height: 20, rx: 2 }, refOf(mark)),
  ],
  lost: ({ mark, look, x, y }) => [
    circle(`mark-ring ${look}`, x, y, 7, refOf(mark)),
    path(`mark-cross ${look}`, `M${x - 3.5},${y - 3.5} l7,7 M${x + 3.5},${y - 3.5} l-7,7`, refOf(mark)),
  ],
  'wrong-shard': ({ mark, look, x, y }) => [
    rect(`mark-body ${look}`, { x: x - 5.5, y: y - 5.5, width: 11, height: 11, rx: 2 }, refOf(mark)),
  ],
  closed: ({ mark, look, x, y, scale, shards }) => [
    ...ghost(shards, mark, scale),
    path(`mark-body ${look}`, `M${x},${y - 8} l8,8 l-8,8 l-8,-8 z`, refOf(mark)),
  ],
  reading: ({ mark, look, x, y }) => [
    path(`mark-body ${look}`, `M${x - 6},${y - 8} h12 v8 l-6,6 l-6,-6 z`, refOf(mark)),
  ],
  topology: ({ mark, look, x, scale }) => {
    const [top, bottom] = [scale.y(mark.y[0]), Math.max(scale.y(mark.y[1]), scale.y(mark.y[0]) + 4)];
    const at = Math.min(x, scale.right - 8);
    return [
      ...(mark.isViolation
        ? [rect(`mark-range ${look}`, { x: at, y: top, width: 12, height: bottom - top, rx: 2 }, refOf(mark))]
        : []),
      path(`mark-brace ${look}`, `M${at + 7},${top + 1} H${at} V${bottom - 1} h7`, refOf(mark)),
    ];
  },
};

/** A dashed outline that extends a closed shard to the record that was stored there after it was closed. */
const ghost = (shards: Drawing['shards'], mark: MapMark, scale: MapScale): readonly Shape[] => {
  const { t, y } = mark;
  const [part] = y;
  const span = shards.find(
    ({ parts, closed }) => closed !== null && closed.t <= t && parts[0] <= part && part <= parts[1],
  );
  if (span?.closed == null) return [];
  const x = Math.max(scale.left, scale.x(span.closed.t));
  return [
    rect(
      'ghost',
      {
        x,
        y: scale.y(span.parts[0]) + 1,
        width: Math.max(2, scale.x(t) - x + 12),
        height: Math.max(1, scale.y(span.parts[1]) - scale.y(span.parts[0]) - 2),
        rx: 2,
      },
      refOf(mark),
    ),
  ];
};
