import type { TopologyPicture } from '../../story/picture.ts';
import { fitted, line, path, rect, type Shape, type Sheet, text, widthOf } from './shape.ts';
import { footShapes } from './witness-layout.ts';

const width = 1060;
const left = 120;
const top = 92;
const plot = 260;

/** Lists of shards side by side over the hash keys, with the faults in them. */
export const topologyLayout = (picture: TopologyPicture): Sheet => {
  const { columns, faults } = picture;
  const step = Math.min(420, (width - left - 40) / Math.max(1, columns.length));
  const box = Math.min(300, step - 90);
  const y = (part: number): number => top + part * plot;
  const shapes: Shape[] = [
    text('head', [16, 24], fitted(picture.title, width - 32, 15) ?? ''),
    text('sub', [16, 43], fitted(picture.subtitle, width - 32, 11.5) ?? ''),
    text('axis-words', [16, top - 12], 'hash key'),
    ...[0, 0.25, 0.5, 0.75, 1].flatMap((part, index) => [
      line('axis', [left - 12, y(part)], [left - 6, y(part)]),
      text('axis-words', [left - 16, y(part) + 4], ['0', '¼', '½', '¾', '2¹²⁸ − 1'][index] ?? '', 'end'),
    ]),
    ...columns.flatMap(({ title, shards }, column): readonly Shape[] => {
      const x = left + column * step;
      const layers = 1 + Math.max(0, ...shards.map((_, index) => overlapsBefore(shards, index)));
      return [
        text('track', [x, top - 12], title),
        ...shards.flatMap(({ name, parts, isNamed, state, words }, index): readonly Shape[] => {
          const height = Math.max(1.5, y(parts[1]) - y(parts[0]));
          const wide = box / layers;
          const inset = Math.min(layers - 1, overlapsBefore(shards, index)) * wide;
          return [
            rect(`shard tint${index % 3}${isNamed ? ' named' : ''}${state === 'closed' ? ' closed' : ''}`, {
              x: x + inset,
              y: y(parts[0]) + 1,
              width: layers === 1 ? box : wide - 6,
              height: Math.max(0.5, height - 2),
              rx: 3,
            }),
            ...(height < 16
              ? []
              : [
                  text(
                    isNamed ? 'shard-name late' : 'shard-name',
                    [x + inset + 10, y(parts[0]) + Math.min(20, height / 2 + 5)],
                    name,
                  ),
                ]),
            ...words
              .split('; ')
              .flatMap((part, row) =>
                height < 38 + row * 15
                  ? []
                  : [text('sub', [x + inset + 10, y(parts[0]) + 36 + row * 15], fitted(part, wide - 20, 11.5) ?? '')],
              ),
          ];
        }),
      ];
    }),
    ...faults.flatMap(({ column, parts, form, words }): readonly Shape[] => {
      const x = left + column * step;
      const [from, to] = [y(parts[0]), Math.max(y(parts[0]) + 4, y(parts[1]))];
      const said = form === 'hole' ? 'no shard holds these' : form === 'overlap' ? 'two shards hold these' : '';
      return [
        rect(`fault-range ${form}`, { x: x - 4, y: from, width: box + 8, height: to - from, rx: 3 }),
        path('fault-brace', `M${x + box + 8},${from} h7 V${to} h-7`),
        ...(said === '' ? [] : [text('said late', [x + box + 22, (from + to) / 2 + 4], said)]),
        ...(said === '' || widthOf(words, 11.5) > width - x - box - 30
          ? []
          : [text('sub', [x + box + 22, (from + to) / 2 + 20], words)]),
      ];
    }),
  ];
  const bottom = top + plot + 24;
  return { width, height: bottom + 30, shapes: [...shapes, ...footShapes(picture.foot, bottom)] };
};

type Range = { readonly parts: readonly [number, number] };

/** The number of shards above that overlap this one. It is drawn that many steps to the right. */
const overlapsBefore = (shards: readonly Range[], index: number): number => {
  const own = shards[index];
  return own === undefined
    ? 0
    : shards.slice(0, index).filter(({ parts }) => parts[0] < own.parts[1] - 1e-9 && own.parts[0] < parts[1] - 1e-9)
        .length;
};
