import { numberOf } from '../../naming.ts';
import type { Bracket, Link, Mark, RecordPicture, Track } from '../../story/picture.ts';
import { crossings } from './crossings.ts';
import { circle, fitted, line, path, type Shape, type Sheet, text, twoTexts, widthOf } from './shape.ts';
import { brace, faultShapes, markShapes } from './witness-marks.ts';

const width = 1060;
const gutter = 142;
const right = 92;
export const radius = 13;
const rowGap = 32;
const titleHeight = 62;

export type Places = {
  readonly x: (column: number) => number;
  /** The y of a row of a track. */
  readonly y: (track: number, row: number) => number;
};

/** Moves words at marks below their marks where they would overlap earlier words. */
const evaded = (shapes: readonly Shape[]): readonly Shape[] => {
  const taken: { readonly x: number; readonly y: number; readonly width: number }[] = [];
  return shapes.map((shape) => {
    if (shape.is !== 'text' || !shape.look.startsWith('said')) return shape;
    const width = widthOf(shape.text, 11.5);
    const x = shape.x - width / 2;
    const isTaken = taken.some(
      (other) => Math.abs(other.y - shape.y) < 12 && x < other.x + other.width + 4 && other.x < x + width + 4,
    );
    const y = isTaken ? shape.y + 2 * radius + 19 : shape.y;
    taken.push({ x, y, width });
    return { ...shape, y };
  });
};

/** The picture of a witness with coordinates: tracks below each other, one column for each record. */
export const witnessLayout = (picture: RecordPicture): Sheet => {
  const ys = trackHeights(picture);
  const step = Math.min(picture.columns < 7 ? 104 : 68, (width - gutter - right) / Math.max(1, picture.columns));
  const places: Places = {
    x: (column) => gutter + 24 + step * column,
    y: (track, row) => (ys[track] ?? 0) + row * rowGap,
  };
  const bottom = (ys.at(-1) ?? 0) + bracketRoom(picture.tracks.at(-1)) + 16;
  const links = picture.links.map((link) => ({ link, ends: endsOf(picture, link, places) }));
  const crossed = crossings(
    links
      .filter(({ link }) => link.kind !== 'refused')
      .map(({ link, ends }) => ({ ...ends, record: link.record, isMoved: link.kind === 'moved', gap: link.from[0] })),
  );
  const shapes = [
    text('head', [16, 24], fitted(picture.title, width - 32, 16) ?? '', 'start'),
    text('sub', [16, 43], fitted(picture.subtitle, width - 32, 11.5) ?? '', 'start'),
    ...picture.tracks.flatMap((track, index) => base(picture, track, index, places)),
    ...picture.cuts.flatMap(({ column, text: words, line: number }) =>
      cutShapes(places.x(column), titleHeight, bottom - 8, words, number),
    ),
    ...links.flatMap(({ link, ends }) => linkShapes(picture, link, ends)),
    ...picture.tracks.flatMap((track, index) => bracketsOf(track, index, places)),
    ...crossed.map(({ x, y, record }) => circle('crossing', x, y, 3.2, record)),
    ...links.flatMap(({ link, ends }) =>
      link.fault === null || link.kind !== 'refused' ? [] : faultShapes(link, ends),
    ),
    ...picture.tracks.flatMap((track, index) =>
      track.marks.flatMap((mark) => markShapes(picture, track, mark, places.x(mark.column), places.y(index, mark.row))),
    ),
    ...picture.folds.flatMap(({ column, count }) =>
      picture.tracks.map((_, index) =>
        text('fold', [places.x(column), places.y(index, 0) + 4], index === 0 ? `+${numberOf(count)}` : '⋯', 'middle'),
      ),
    ),
    ...crossingWords(picture, crossed, places),
    ...footShapes(picture.foot, bottom),
  ];
  return { width, height: bottom + (picture.foot === '' ? 0 : 30), shapes: evaded(shapes) };
};

/** The foot of a picture: the claim, who is to blame, and the lines, so that a saved picture is complete. */
export const footShapes = (words: string, y: number): readonly Shape[] => {
  const [claim = '', ...rest] = words.split('   ');
  if (words === '') return [];
  const room = width - 40 - widthOf(claim, 12.5);
  return [
    line('base', [16, y], [width - 16, y]),
    twoTexts(
      { look: 'note pinned', text: claim },
      { look: 'note plain', text: fitted(rest.join(' · '), room, 11.5) ?? '' },
      16,
      y + 19,
    ),
  ];
};

/** The y of each track. There is more room between tracks whose lines cross. */
const trackHeights = ({ tracks, links, cuts }: RecordPicture): readonly number[] => {
  const ys: number[] = [];
  let y = titleHeight + (cuts.length > 0 ? 58 : 36);
  for (const [index, track] of tracks.entries()) {
    ys.push(y);
    const rows = Math.max(0, ...track.marks.map(({ row }) => row));
    const isMoved = links.some(({ from, kind }) => from[0] === index && kind === 'moved');
    const isRefused = links.some(({ from, kind }) => from[0] === index && kind === 'refused');
    const gap = isMoved ? 112 : isRefused ? 92 : 54;
    y += rows * rowGap + gap + (track.kind === 'sent' ? 8 : bracketRoom(track) - 18);
  }
  return ys;
};

const bracketRoom = (track: Track | undefined): number => (track?.kind === 'sent' ? 22 : 46);

export type Ends = { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number };

const endsOf = ({ tracks }: RecordPicture, { from, to }: Link, { x, y }: Places): Ends => {
  const [one, other] = [from, to].map(([track, mark]) => tracks[track]?.marks[mark]) as [Mark, Mark];
  return {
    x1: x(one.column),
    y1: y(from[0], one.row) + radius,
    x2: x(other.column),
    y2: y(to[0], other.row) - (other.form === 'refused' ? 7 : radius),
  };
};

const lookOf = (picture: RecordPicture, record: number): string => picture.records[record]?.role ?? 'neighbour';

const linkShapes = (picture: RecordPicture, { record, kind }: Link, { x1, y1, x2, y2 }: Ends): readonly Shape[] => {
  const role = lookOf(picture, record);
  if (kind === 'refused') {
    const bend = x1 === x2 ? -34 : 0;
    return [
      path(
        `link ${role} refused`,
        `M${x1},${y1} C${x1 + bend},${y1 + (y2 - y1) * 0.35} ${x2 + bend},${y1 + (y2 - y1) * 0.65} ${x2},${y2}`,
        record,
      ),
    ];
  }
  return [line(`link ${role} ${kind}`, [x1, y1], [x2, y2], record)];
};

/** The line of a track with its name, its brackets, and a stroke where a reader began again. */
const base = (picture: RecordPicture, track: Track, index: number, { x, y }: Places): readonly Shape[] => {
  const at = y(index, 0);
  const [from, to] = [x(0) - radius - 12, x(picture.columns - 1) + radius + 12];
  return [
    line('base', [from, at], [to, at]),
    ...(picture.goesOn[0] ? [text('more', [from - 4, at + 4], '⋯', 'end')] : []),
    ...(picture.goesOn[1] ? [text('more', [to + 4, at + 4], '⋯', 'start')] : []),
    text('track', [16, at - 1], track.title, 'start'),
    ...subtitle(track.subtitle, at + 14),
    ...track.breaks.map((column) => path('break', `M${x(column) - 3},${at + 12} l6,-24`)),
  ];
};

const bracketsOf = (track: Track, index: number, { x, y }: Places): readonly Shape[] => {
  const isBelow = track.kind !== 'sent';
  const at = y(index, 0);
  return bracketShapes(track.brackets, x, isBelow ? at + radius + 7 : at - radius - 7, isBelow);
};

const subtitle = (words: string, y: number): readonly Shape[] => {
  const room = gutter - 28;
  if (widthOf(words, 11.5) <= room) return [text('sub', [16, y], words, 'start')];
  const spaces = [...words.matchAll(/ /g)]
    .map(({ index }) => index)
    .filter((at) => widthOf(words.slice(0, at), 11.5) <= room);
  const cut = spaces.at(-1) ?? words.length;
  return [words.slice(0, cut), words.slice(cut).trim()].map((part, row) =>
    text('sub', [16, y + row * 13], fitted(part, room, 11.5) ?? '', 'start'),
  );
};

/** Brackets, each with as many words as there is room for: all, only the line number, or none. */
const bracketShapes = (all: readonly Bracket[], x: Places['x'], y: number, isBelow: boolean): readonly Shape[] => {
  let end = Number.NEGATIVE_INFINITY;
  return all.flatMap((bracket, index) => {
    const { from, to, line: number, text: words, isWitness } = bracket;
    const next = all[index + 1];
    const room = (next === undefined ? width - 8 : x(next.from) - radius - 6) - (x(from) - radius);
    const look = isWitness ? 'bracket pinned' : 'bracket';
    const start = x(from) - radius;
    const bracketPath = brace(look, start, x(to) + radius, y, isBelow);
    const base = isBelow ? y + 17 : y - 9;
    const lineWords = number > 0 ? `line ${number}` : '';
    if (start < end) return [bracketPath];
    const own = [lineWords, words].filter((part) => part !== '').join('  ');
    if (widthOf(own, 11.5) <= room) {
      end = start + widthOf(own, 11.5);
      if (lineWords === '') return [bracketPath, text(look.replace('bracket', 'note'), [start, base], words, 'start')];
      return [
        bracketPath,
        twoTexts(
          { look: isWitness ? 'note pinned' : 'note', text: lineWords },
          { look: 'note plain', text: words },
          start,
          base,
        ),
      ];
    }
    if (lineWords === '' || widthOf(lineWords, 11.5) > room + 8) return [bracketPath];
    end = start + widthOf(lineWords, 11.5);
    return [bracketPath, text(isWitness ? 'note pinned' : 'note', [start, base], lineWords, 'start')];
  });
};

const cutShapes = (x: number, top: number, bottom: number, words: string, number: number): readonly Shape[] => [
  line('cut', [x, top], [x, bottom]),
  twoTexts({ look: 'cut-words', text: words }, { look: 'note plain', text: `line ${number}` }, x + 7, top + 9),
];

const crossingWords = (
  picture: RecordPicture,
  crossed: readonly { readonly gap: number }[],
  { y }: Places,
): readonly Shape[] => {
  if (picture.crossings === 0) return [];
  const gap = Math.max(0, picture.links.find(({ kind }) => kind === 'moved')?.from[0] ?? 0);
  const at = (y(gap, 0) + y(gap + 1, 0)) / 2;
  const drawn = crossed.filter((one) => one.gap === gap).length;
  const many = picture.crossings === 1 ? '1 crossing' : `${numberOf(picture.crossings)} crossings`;
  const how =
    picture.crossings === drawn
      ? `= ${picture.crossings === 1 ? '1 pair' : `${picture.crossings} pairs`}`
      : `${drawn} of them drawn`;
  return [text('crossings', [width - 14, at + 6], many, 'end'), text('sub', [width - 14, at + 21], how, 'end')];
};
