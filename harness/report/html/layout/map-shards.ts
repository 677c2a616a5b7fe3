import { shardName } from '../../naming.ts';
import type { Drawing } from '../data.ts';
import type { MapKey, MapScale } from './scale.ts';
import { line, path, rect, type Shape, text, widthOf } from './shape.ts';

/**
 * A rectangle for each shard: from when it was opened to when it was reported closed, over its hash keys. An open
 * shard has no right edge.
 */
export const shardShapes = ({ shards, end }: Drawing, scale: MapScale, keys: readonly MapKey[]): readonly Shape[] => {
  const [from, to] = scale.view;
  const seen = shards.filter(({ opened, closed }) => opened.t <= to && (closed?.t ?? end) >= from);
  const names: Shape[] = [];
  const rects = seen.flatMap(({ shard, parts, opened, closed }, index): readonly Shape[] => {
    const x = Math.max(scale.left, scale.x(opened.t));
    const until = Math.min(scale.right, scale.x(closed?.t ?? to));
    const [y, bottom] = [scale.y(parts[0]), scale.y(parts[1])];
    const width = Math.max(1, until - x);
    const name = shardName(shard);
    const room = labelRow(
      y,
      bottom,
      keys.map((key) => scale.y(key.y)),
    );
    if (room !== undefined && widthOf(name, 12) + 12 < width)
      names.push(text('shard-name', [x + 9, room], name, 'start'));
    return [
      rect(
        `shard tint${tintOf(shards.findIndex((one) => one.shard === shard) < 0 ? index : shards.findIndex((one) => one.shard === shard))}`,
        { x, y, width, height: Math.max(1, bottom - y) },
      ),
      line('shard-edge', [x, y], [until, y]),
    ];
  });
  return [...rects, ...names];
};

const tintOf = (index: number): number => index % 3;

/** The y of a text inside a rectangle that no key line goes through. Undefined if there is no room. */
const labelRow = (top: number, bottom: number, keys: readonly number[]): number | undefined => {
  for (let row = top + 15; row <= Math.min(bottom - 4, top + 60); row += 3)
    if (keys.every((key) => key < row - 13 || key > row + 5)) return row;
  return bottom - top > 18 ? top + 15 : undefined;
};

/** A line where a shard was reported closed, on top of the band of the reshard that closed it. */
export const shardEnds = ({ shards }: Drawing, scale: MapScale): readonly Shape[] =>
  shards.flatMap(({ parts, closed }) => {
    if (closed === null || closed.t < scale.view[0] || closed.t > scale.view[1]) return [];
    const x = scale.x(closed.t);
    return [line('shard-end', [x, scale.y(parts[0]) + 1], [x, scale.y(parts[1]) - 1])];
  });

/** Arrows from parents to children. */
export const lineageShapes = ({ shards }: Drawing, scale: MapScale): readonly Shape[] => {
  const [from, to] = scale.view;
  return shards.flatMap(({ parents, parts, opened }) =>
    parents.flatMap((parent): readonly Shape[] => {
      const own = shards.findLast(({ shard }) => shard === parent);
      if (own === undefined || opened.t < from || opened.t > to) return [];
      const x = scale.x(opened.t);
      const [y1, y2] = [
        (scale.y(own.parts[0]) + scale.y(own.parts[1])) / 2,
        (scale.y(parts[0]) + scale.y(parts[1])) / 2,
      ];
      const [x1, x2] = [Math.max(scale.left + 2, x - 16), Math.min(scale.right - 2, x + 16)];
      return [path('lineage', `M${x1},${y1} C${x + 4},${y1} ${x - 8},${y2} ${x2},${y2} m-6,-3.5 l6,3.5 l-6,3.5`)];
    }),
  );
};
