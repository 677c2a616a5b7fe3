import type { Form, Link, Mark, RecordPicture, Track } from '../../story/picture.ts';
import { circle, fitted, path, rect, type Shape, text, widthOf } from './shape.ts';

const radius = 13;
type Ends = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };

/** A mark: its shape shows the track and what happened, its number the record. */
export const markShapes = (
  picture: RecordPicture,
  { kind }: Track,
  mark: Mark,
  x: number,
  y: number,
): readonly Shape[] => {
  const { record, form, row, note } = mark;
  const { role = 'neighbour', label = '' } = picture.records[record] ?? {};
  const look = `mark ${role} ${fills[form]}`;
  const body = bodies[form](look, x, y, record);
  const size = label.length > 3 ? ' small' : '';
  const own: Shape[] =
    form === 'refused' || form === 'discarded'
      ? [...body]
      : [
          ...body,
          text(`label ${role} ${fills[form]}${size}`, [x, y + 4], form === 'unknown' ? '?' : label, 'middle', record),
        ];
  if (form === 'refused') own.push(text(`said ${role}`, [x + 7, y - 15], 'refused', 'start', record));
  if (form === 'discarded') own.push(text(`said ${role}`, [x, y - 15], label, 'middle', record));
  if (form === 'again')
    own.push(
      text('sub', [x + radius + 6, y - 3], 'again', 'start', record),
      text('note pinned', [x + radius + 6, y + 9], `line ${mark.line}`, 'start', record),
    );
  const hasNote =
    note !== null &&
    (form === 'missing' || (role !== 'neighbour' && !['sent', 'again', 'acknowledged', 'refused'].includes(form)));
  if (hasNote)
    own.push(...noteShapes(note, x, kind === 'sent' || row > 0 ? y + radius + 13 : y - radius - 6, record, role));
  return own;
};

const noteShapes = (words: string, x: number, y: number, record: number, role: string): readonly Shape[] => {
  const shown = fitted(words, 190, 11.5);
  return shown === undefined ? [] : [text(`said ${role}`, [x, y], shown, 'middle', record)];
};

const fills: Readonly<Record<Form, string>> = {
  sent: 'full',
  again: 'open',
  acknowledged: 'open',
  refused: 'open',
  unknown: 'open',
  stored: 'full',
  copy: 'full',
  unread: 'dashed',
  delivered: 'open',
  redelivered: 'open',
  done: 'open',
  redone: 'open',
  checkpoint: 'open',
  discarded: 'open',
  missing: 'dashed',
};

type Body = (look: string, x: number, y: number, record: number) => readonly Shape[];
const disc: Body = (look, x, y, record) => [circle(look, x, y, radius, record)];
const square: Body = (look, x, y, record) => [
  rect(look, { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius, rx: 4 }, record),
];
const tagPath = (x: number, y: number, grow: number): string =>
  `M${x - radius - grow},${y - radius - grow} h${2 * (radius + grow)} v${17 + grow} l${-(radius + grow)},${9 + grow} l${-(radius + grow)},${-9 - grow} z`;
const tag: Body = (look, x, y, record) => [path(look, tagPath(x, y, 0), record)];

const hexagon = (x: number, y: number, wide: number, high: number): string =>
  `M${x - 7},${y - high} h14 l${wide},${high} l${-wide},${high} h-14 l${-wide},${-high} z`;
const cross: Body = (look, x, y, record) => [
  circle('hit', x, y, radius, record),
  path(look.replace('mark', 'cross'), `M${x - 6},${y - 6} l12,12 M${x + 6},${y - 6} l-12,12`, record),
];

const bodies: Readonly<Record<Form, Body>> = {
  sent: disc,
  again: disc,
  acknowledged: disc,
  unknown: disc,
  refused: cross,
  stored: square,
  copy: (look, x, y, record) => [
    rect(
      look.replace('full', 'open'),
      { x: x - radius - 3, y: y - radius - 3, width: 2 * radius + 6, height: 2 * radius + 6, rx: 6 },
      record,
    ),
    ...square(look, x, y, record),
  ],
  unread: square,
  delivered: tag,
  redelivered: (look, x, y, record) => [path(look, tagPath(x, y, 3), record), path(look, tagPath(x, y, 0), record)],
  done: (look, x, y, record) => [path(look, hexagon(x, y, 8, 12), record)],
  redone: (look, x, y, record) => [path(look, hexagon(x, y, 12, 15), record), path(look, hexagon(x, y, 8, 12), record)],
  checkpoint: (look, x, y, record) => [
    path(
      look,
      `M${x - radius},${y + radius + 5} v${-2 * radius - 5} h${2 * radius + 4} l-5,${radius - 2} l5,${radius - 2} h${-2 * radius - 4}`,
      record,
    ),
  ],
  discarded: cross,
  missing: (look, x, y, record) => [
    rect(look, { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius, rx: 8 }, record),
  ],
};

/** A bolt on the line that a fault hit. */
export const faultShapes = ({ fault, record }: Link, { x1, y1, x2, y2 }: Ends): readonly Shape[] => {
  if (fault === null) return [];
  const [x, y] = [(x1 + x2) / 2 - (x1 === x2 ? 25 : 0), (y1 + y2) / 2];
  const words = `fault ${fault.name}`;
  const isLeft = x - 18 - widthOf(words, 11.5) > 8;
  const at = isLeft ? x - 16 : x + 16;
  const anchor = isLeft ? 'end' : 'start';
  return [
    circle('bolt-ring', x, y, 9.5, record),
    path('bolt', `M${x + 1.5},${y - 6} l-5,7 h3.6 l-1.6,5.4 l5.2,-7.2 h-3.6 z`, record),
    text('fault', [at, y - 2], words, anchor, record),
    text('note', [at, y + 12], `line ${fault.line}`, anchor, record),
  ];
};

export const brace = (look: string, from: number, to: number, y: number, isBelow: boolean): Shape => {
  const tip = isBelow ? -5 : 5;
  return path(look, `M${from},${y + tip} V${y} H${to} V${y + tip}`);
};
