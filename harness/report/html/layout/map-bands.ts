import { shardName } from '../../naming.ts';
import type { Drawing } from '../data.ts';
import type { MapScale } from './scale.ts';
import { mapScale } from './scale.ts';
import { line, rect, type Shape, text, twoTexts, widthOf } from './shape.ts';

const rowsMax = 3;

type Told = {
  readonly look: string;
  readonly from: number;
  readonly to: number;
  readonly words: string;
  readonly lines: string;
};

/**
 * Reshards and faults as bands, with their names above the map in up to three rows. If there is no room for more
 * names, a text counts the missing ones.
 */
export const bandShapes = (
  drawing: Drawing,
  view: readonly [number, number],
): { readonly rows: number; readonly shapes: (scale: MapScale) => readonly Shape[] } => {
  const told = bandsOf(drawing).filter(({ from, to }) => from <= view[1] && to >= view[0]);
  const flat = mapScale(view, 0, 1);
  const rowEnds: number[] = [];
  const placed: { readonly band: Told; readonly row: number; readonly x: number }[] = [];
  let left = 0;
  for (const band of told) {
    const x = Math.max(flat.left, flat.x(band.from));
    const width = widthOf(`${band.words} ${band.lines}`, 12.2) + 14;
    const start = Math.min(x, flat.right + 90 - width);
    const row = [0, 1, 2].find((one) => (rowEnds[one] ?? Number.NEGATIVE_INFINITY) <= start);
    if (row === undefined || row >= rowsMax) left += 1;
    else {
      rowEnds[row] = start + width;
      placed.push({ band, row, x: start });
    }
  }
  const rows = rowEnds.length;
  return {
    rows,
    shapes: (scale) => [
      ...told.flatMap((band) => bandBody(band, scale)),
      ...placed.flatMap(({ band, row, x }) => {
        const y = scale.top - 9 - (rows - 1 - row) * 15;
        return [
          line(
            'band-stem',
            [Math.max(scale.left, scale.x(band.from)), y + 3],
            [Math.max(scale.left, scale.x(band.from)), scale.top],
          ),
          twoTexts({ look: `band-words ${band.look}`, text: band.words }, { look: 'note', text: band.lines }, x, y),
        ];
      }),
      ...(left === 0 ? [] : [text('note', [scale.right + 104, scale.top - 9], `${left} more: zoom in`, 'end')]),
    ],
  };
};

const bandsOf = ({ reshards, bands, end }: Drawing): readonly Told[] =>
  [
    ...reshards.map(
      ({ action, shards, from, to, outcome, target }): Told => ({
        look: 'reshard',
        from: from.t,
        to: to?.t ?? end,
        words:
          `${action} ${shards.length === 0 ? (target === null ? '' : `to ${target}`) : shards.map(shardName).join(' + ').replaceAll('shard ', '')}${outcome === 'fail' ? ' failed' : ''}`.trim(),
        lines: `line ${from.line}${to === null ? '' : `–${to.line}`}`,
      }),
    ),
    ...bands.map(
      ({ name, line: number, from, to }): Told => ({
        look: 'fault',
        from,
        to,
        words: `fault ${name}`,
        lines: `line ${number}`,
      }),
    ),
  ].toSorted((a, b) => a.from - b.from);

const bandBody = ({ look, from, to }: Told, scale: MapScale): readonly Shape[] => {
  const x = Math.max(scale.left, scale.x(from));
  const until = Math.min(scale.right, scale.x(to));
  if (until < scale.left || x > scale.right) return [];
  if (until - x < 3) return [line(`band-line ${look}`, [x, scale.top - 4], [x, scale.bottom])];
  return [
    rect(`band ${look}`, { x, y: scale.top, width: until - x, height: scale.bottom - scale.top }),
    line(`band-line ${look}`, [x, scale.top - 4], [x, scale.bottom]),
    line(`band-line ${look}`, [until, scale.top - 4], [until, scale.bottom]),
  ];
};
