import { type Form, type Mark, type RecordPicture, type TopologyPicture, type Track } from '../story/picture.ts';
import { trackTitles } from './track-title.ts';
import { lengthOf, padded, wrap } from './wrap.ts';

/** Emphasises a text: colours on a terminal, nothing elsewhere. */
export type Emphasis = {
  readonly late: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly bold: (text: string) => string;
};

const same = (text: string): string => text;
export const plain: Emphasis = { late: same, dim: same, bold: same };

const gutter = 16;
const shapes: Readonly<Record<Form, (label: string) => string>> = {
  sent: same,
  again: same,
  acknowledged: same,
  refused: (label) => `×${label}`,
  unknown: (label) => `?${label}`,
  stored: same,
  copy: (label) => `${label}²`,
  unread: (label) => `(${label})`,
  delivered: same,
  redelivered: (label) => `${label}²`,
  done: same,
  redone: (label) => `${label}²`,
  checkpoint: (label) => `|${label}`,
  discarded: (label) => `×${label}`,
  missing: (label) => `-${label}-`,
};

/** The smallest width of the picture as text. */
export const textWidth = (picture: RecordPicture): number => gutter + picture.columns * narrowest(picture);

/** The width of a column: as wide as the labels above the columns need, if there is room. */
const cellOf = (picture: RecordPicture, width: number): number =>
  Math.max(narrowest(picture), Math.min(widest(picture), Math.floor((width - gutter) / Math.max(1, picture.columns))));

const widest = ({ tracks }: RecordPicture): number => {
  const labels = tracks.flatMap((track) => track.brackets.map((bracket) => lengthOf(bracketLabel(track, bracket))));
  return Math.min(20, Math.max(9, ...labels.map((length) => length + 1)));
};

/** A line, and the worker of an application that received it; above what is stored, words of its own. */
const bracketLabel = ({ kind }: Track, { line, text, worker }: Track['brackets'][number]): string =>
  kind === 'stored' ? text : `line ${line}${worker === null ? '' : ` ${worker}`}`;

const narrowest = ({ records, tracks }: RecordPicture): number =>
  2 +
  Math.max(
    ...records.map(({ label }) => lengthOf(label)),
    ...tracks.flatMap(({ marks }) =>
      marks.map((mark) => lengthOf(shapes[mark.form](records[mark.record]?.label ?? ''))),
    ),
  );

/**
 * The picture as lines of text: tracks below each other, one column for each record. The wrong record changes columns.
 */
export const recordText = (picture: RecordPicture, width: number, emphasis: Emphasis): readonly string[] => {
  const lines: string[] = [];
  const titles = trackTitles(picture.tracks, gutter - 2);
  for (const [index, track] of picture.tracks.entries())
    lines.push(...trackLines({ picture, track, title: titles[index] ?? '' }, width, emphasis));
  lines.push(...signs(picture, width).map(emphasis.dim), '');
  for (const { name, story, role } of picture.records) {
    if (role === 'neighbour') continue;
    const words = wrap(`${name}  ${story.join('; ')}`, width, 2);
    lines.push(
      ...words.map((line, index) =>
        index === 0 ? line.replace(name, role === 'late' ? emphasis.late(name) : emphasis.bold(name)) : line,
      ),
    );
  }
  return lines;
};

type Titled = { readonly picture: RecordPicture; readonly track: Track; readonly title: string };

const trackLines = ({ picture, track, title }: Titled, width: number, emphasis: Emphasis): readonly string[] => {
  const cell = cellOf(picture, width);
  const rows = Math.max(0, ...track.marks.map(({ row }) => row));
  const numbers = lineNumbers(track, cell);
  const lines = numbers === undefined ? [] : [emphasis.dim(`${' '.repeat(gutter)}${numbers}`.trimEnd())];
  for (let row = 0; row <= rows; row += 1) {
    const marks = track.marks.filter((mark) => mark.row === row);
    const cells = Array.from({ length: picture.columns }, (_, column) =>
      cellText({ picture, marks, row, emphasis }, column, cell),
    );
    const own = marks.map(({ line }) => line).filter((line) => line > 0);
    const behind = row > 0 && own.length > 0 ? ` line ${own.join(', ')}` : '';
    lines.push(`${padded(row > 0 ? 'sent again' : title, gutter)}${cells.join('')}`.trimEnd() + emphasis.dim(behind));
  }
  return lines;
};

type Row = {
  readonly picture: RecordPicture;
  readonly marks: readonly Mark[];
  readonly row: number;
  readonly emphasis: Emphasis;
};

const cellText = ({ picture, marks, row, emphasis }: Row, column: number, width: number): string => {
  const mark = marks.find((one) => one.column === column);
  const isFolded = row === 0 && picture.folds.some((one) => one.column === column);
  if (mark === undefined) return isFolded ? `${emphasis.dim('…')}${' '.repeat(width - 1)}` : ' '.repeat(width);
  const record = picture.records[mark.record];
  const text = shapes[mark.form](record?.label ?? '');
  const space = ' '.repeat(Math.max(0, width - lengthOf(text)));
  return `${record?.role === 'late' ? emphasis.late(text) : text}${space}`;
};

/**
 * Line numbers, each at its first mark. A number that would overlap another is left out. Undefined if there is none.
 */
const lineNumbers = (track: Track, cell: number): string | undefined => {
  let text = '';
  for (const bracket of track.brackets) {
    // A call without an answer has no line.
    if (bracket.line <= 0 && track.kind !== 'stored') continue;
    const at = bracket.from * cell;
    if (lengthOf(text) > 0 && lengthOf(text) + 1 > at) continue;
    text = `${padded(text, at)}${bracketLabel(track, bracket)}`;
  }
  return text === '' ? undefined : text;
};

/** The meaning of the signs that occur. */
const signs = ({ tracks, folds, letters, cuts }: RecordPicture, width: number): readonly string[] => {
  const forms = new Set(tracks.flatMap(({ marks }) => marks.map(({ form }) => form)));
  const said = [
    forms.has('refused') ? '×: refused' : '',
    forms.has('unknown') ? '?: outcome unknown' : '',
    forms.has('copy') || forms.has('redelivered') || forms.has('redone') ? '²: a second time' : '',
    forms.has('unread') ? '( ): read by nobody' : '',
    forms.has('checkpoint') ? '|: checkpoint, up to here' : '',
    forms.has('discarded') ? '×: given up' : '',
    forms.has('missing') ? '- -: not there' : '',
    ...folds.map(({ count }) => `…: ${count} more that kept their order`),
    ...cuts.map(({ line, text }) => `line ${line}: ${text}`),
    ...letters.map(([letter, name]) => `${letter}: ${name}`),
  ].filter((part) => part !== '');
  return said.length === 0 ? [] : wrap(said.join('   '), width);
};

/** Lists of shards as text: one line for each shard, ending with what is wrong. */
export const topologyText = (
  { columns, faults }: TopologyPicture,
  width: number,
  emphasis: Emphasis,
): readonly string[] =>
  columns.flatMap(({ title, shards }, column) => [
    emphasis.bold(title),
    ...shards.flatMap(({ name, parts, words, isNamed }) => {
      const range = `${percent(parts[0])} to ${percent(parts[1])} of the hash keys`;
      return wrap(`  ${isNamed ? emphasis.late(name) : name}  ${range}, ${words}`, width, 4);
    }),
    ...faults
      .filter((fault) => fault.column === column && fault.form !== 'wrong')
      .flatMap(({ words }) => wrap(`  ${emphasis.late(words)}`, width, 4)),
  ]);

const percent = (part: number): string => `${Number((part * 100).toFixed(2))} %`;
