import { markLabel } from '../naming.ts';
import { none, type Trace } from '../trace/trace.ts';
import { align } from './align.ts';
import type { CutNote, MarkNote } from './annotations.ts';
import { brackets, breaksOf } from './brackets.ts';
import type { LaneRecord } from './lane.ts';
import { type Drawn, type DrawnTrack, type FaultOf, linksOf, worthDrawing } from './links.ts';
import type { Mark, PictureRecord, RecordPicture, Role, Track, TrackKind } from './picture.ts';
import { type Step, storyOf } from './record-story.ts';
import { answerMarks, deliveredMarks, type Placed, type Scene, sentMarks, storedMarks } from './sequences.ts';

/** Reports of a consumer under test. Not part of the page's code. */
export type RecordReports = {
  readonly rows: (scene: Scene) => readonly Row[];
  readonly steps: (record: LaneRecord) => readonly Step[];
};

export type RecordPictureOptions = {
  readonly trace: Trace;
  /** The drawn and the folded records. */
  readonly records: readonly LaneRecord[];
  readonly folded: ReadonlySet<number>;
  readonly roles: ReadonlyMap<number, Role>;
  readonly readers: readonly number[];
  readonly isFinal: (reader: number) => boolean;
  readonly hasPuts: boolean;
  readonly kinds: readonly TrackKind[];
  /** The application's reports about these records. */
  readonly told?: RecordReports;
  /** True for readers of the application. They come first in `readers`. */
  readonly isOwn?: (reader: number) => boolean;
  /** Only an application reports the record; nobody stored it. */
  readonly isClaimed?: boolean;
  readonly faultOf: FaultOf;
  readonly witness: ReadonlySet<number>;
  readonly title: string;
  readonly subtitle: string;
  readonly foot: string;
  readonly goesOn: readonly [boolean, boolean];
  readonly cut?: CutNote;
  readonly note?: MarkNote;
};

/** Arranges some records on their tracks. */
export const recordPicture = (options: RecordPictureOptions): RecordPicture => {
  const { trace, records, folded, roles } = options;
  const roleOf = (record: number): Role => roles.get(record) ?? 'neighbour';
  const scene: Scene = { ...options, roleOf };
  const rows = rowsOf({ ...scene, isClaimed: options.isClaimed === true }, options);
  const { at, columns } = align(rows.map(({ placed }) => placed.map(({ item }) => item)));
  const { columnOf, folds, width } = fold(rows, at, columns, folded);
  const tracks = rows.map((row, index) => {
    const drawn = row.placed.flatMap((placed, item): readonly Drawn[] =>
      folded.has(placed.record) ? [] : [{ placed, mark: markOf(placed, columnOf(at[index]?.[item] ?? 0)) }],
    );
    return { ...row, marks: row.kind === 'sent' ? [...drawn, ...drawn.flatMap((one) => again(scene, one))] : drawn };
  });
  const all = linksOf(tracks, records, (record) => roleOf(record) !== 'neighbour', options.faultOf);
  const columnAt = ([track, mark]: readonly [number, number]): number => tracks[track]?.marks[mark]?.mark.column ?? 0;
  const { shown, numberOf, letters } = namesOf(options, roleOf);
  const noted = ({ record, form }: Mark, kind: TrackKind): Pick<Mark, 'note'> | undefined =>
    options.note?.track === kind && roleOf(record) === 'late' && form !== 'missing'
      ? { note: options.note.words }
      : undefined;
  return {
    kind: 'records',
    title: options.title,
    subtitle: options.subtitle,
    foot: options.foot,
    records: shown,
    columns: width,
    tracks: tracks.map(
      ({ kind, title, subtitle, marks }): Track => ({
        kind,
        title,
        subtitle,
        marks: marks.map(({ mark }) => ({ ...mark, record: numberOf(mark.record), ...noted(mark, kind) })),
        brackets: brackets(trace, kind, marks, options.witness),
        breaks: kind === 'delivered' ? breaksOf(trace, marks) : [],
      }),
    ),
    links: worthDrawing(all, columnAt).map((link) => ({ ...link, record: numberOf(link.record) })),
    folds,
    cuts: cutsOf(options, tracks, width),
    crossings: crossingsOf(rows),
    letters,
    goesOn: options.goesOn,
  };
};

export type Row = {
  readonly kind: TrackKind;
  readonly title: string;
  readonly subtitle: string;
  readonly placed: readonly Placed[];
};

const rowsOf = (scene: Scene, { kinds, told, isOwn = () => false }: RecordPictureOptions): readonly Row[] => {
  const { names } = scene.trace;
  const rows: Row[] = [];
  for (const kind of kinds) {
    if (kind === 'sent') rows.push({ kind, title: 'sent', subtitle: 'in order of call', placed: sentMarks(scene) });
    if (kind === 'acknowledged')
      rows.push({ kind, title: 'acknowledged', subtitle: 'in order of answer', placed: answerMarks(scene) });
    if (kind === 'stored')
      rows.push({ kind, title: 'stored', subtitle: 'lineage, then sequence number', placed: storedMarks(scene) });
    if (kind !== 'delivered') continue;
    const given = scene.readers.map((reader): Row => {
      const subtitle = `to ${names.readers[reader] ?? 'a reader'}`;
      return { kind, title: 'delivered', subtitle, placed: deliveredMarks(scene, reader) };
    });
    const said = told?.rows(scene) ?? [];
    // The application's reports are below its deliveries.
    const own = said.length === 0 ? 0 : scene.readers.filter((reader) => isOwn(reader)).length;
    rows.push(...given.slice(0, own), ...said, ...given.slice(own));
  }
  return rows.filter(({ kind, placed }) => placed.length > 0 || kind === 'delivered');
};

const markOf = ({ record, form, line, note }: Placed, column: number): Mark => ({
  record,
  column,
  row: 0,
  form,
  line,
  note,
});

/** Retries, stacked under the first sending. */
const again = (scene: Scene, { placed, mark }: Drawn): readonly Drawn[] =>
  (scene.records[placed.record]?.attempts ?? []).slice(1).map(({ entry, call }, index) => ({
    placed: { ...placed, form: 'again' as const, at: entry },
    mark: { ...mark, row: index + 1, form: 'again' as const, line: scene.trace.calls.line[call] ?? 0, note: 'again' },
  }));

type Folding = {
  readonly columnOf: (column: number) => number;
  readonly folds: RecordPicture['folds'];
  readonly width: number;
};

/** Joins neighbouring columns that have only folded records. */
const fold = (
  rows: readonly Row[],
  at: readonly (readonly number[])[],
  columns: number,
  folded: ReadonlySet<number>,
): Folding => {
  const isHidden = Array.from({ length: columns }, () => true);
  const hidden: Set<number>[] = Array.from({ length: columns }, () => new Set());
  for (const [track, { placed }] of rows.entries())
    for (const [item, { record }] of placed.entries()) {
      const column = at[track]?.[item] ?? 0;
      if (folded.has(record)) hidden[column]?.add(record);
      else isHidden[column] = false;
    }
  const to: number[] = [];
  const counts: Set<number>[] = [];
  const folds: { column: number; count: number }[] = [];
  let width = 0;
  for (let column = 0; column < columns; column += 1) {
    const isGoingOn = isHidden[column] === true && column > 0 && isHidden[column - 1] === true;
    if (isGoingOn) for (const record of hidden[column] ?? []) counts.at(-1)?.add(record);
    else if (isHidden[column] === true) {
      folds.push({ column: width, count: 0 });
      counts.push(new Set(hidden[column]));
    }
    if (!isGoingOn) width += 1;
    to.push(width - 1);
  }
  return {
    columnOf: (column) => to[column] ?? 0,
    folds: folds.map(({ column }, index) => ({ column, count: counts[index]?.size ?? 0 })),
    width,
  };
};

type Names = {
  readonly shown: readonly PictureRecord[];
  readonly numberOf: (record: number) => number;
  readonly letters: RecordPicture['letters'];
};

/** The drawn records with their labels: numbers, with a letter before them if there are several keys. */
const namesOf = ({ trace, records, folded, told }: RecordPictureOptions, roleOf: (record: number) => Role): Names => {
  const kept = [...records.keys()].filter((record) => !folded.has(record));
  const flows = [...new Set(kept.map((record) => records[record]?.flow ?? none))].filter((flow) => flow >= 0);
  const letterOf = new Map(flows.map((flow, index) => [flow, flows.length === 1 ? '' : letterAt(index)]));
  const shown = kept.map((index): PictureRecord => {
    const record = records[index] as LaneRecord;
    const { flow, n, places } = record;
    const [place] = places;
    const seq = place === undefined ? undefined : trace.places.seq[place];
    const label = n >= 0 ? `${letterOf.get(flow) ?? ''}${markLabel(n)}` : (letterOf.get(flow) ?? '') || '·';
    return {
      label,
      name: nameOf(trace, record),
      role: roleOf(index),
      story: storyOf(trace, record, told?.steps(record)),
      shard: place === undefined ? null : (trace.names.shards[trace.places.shard[place] ?? none] ?? null),
      seq: seq ?? null,
    };
  });
  return {
    shown,
    numberOf: (record) => kept.indexOf(record),
    letters: flows.length < 2 ? [] : flows.map((flow) => [letterOf.get(flow) ?? '', flowName(trace, flow)]),
  };
};

const letterAt = (index: number): string => String.fromCharCode(65 + (index % 26)).repeat(1 + Math.floor(index / 26));

export const flowName = (trace: Trace, flow: number): string => {
  const key = trace.names.keys[trace.flows.key[flow] ?? none] ?? '';
  const producer = trace.names.producers[trace.flows.producer[flow] ?? none];
  return producer === undefined || !hasSeveral(trace) ? key : `${producer}'s ${key}`;
};

const several = new WeakMap<Trace, boolean>();

/** True if the trace has several producers. Only then names contain the producer. */
const hasSeveral = (trace: Trace): boolean => {
  const known = several.get(trace) ?? trace.flows.producer.some((producer) => producer !== trace.flows.producer[0]);
  several.set(trace, known);
  return known;
};

export const nameOf = (trace: Trace, { flow, n, places }: LaneRecord): string => {
  if (flow >= 0) return `${flowName(trace, flow)}${n < 0 ? '' : ` #${n}`}`;
  const [place = none] = places;
  const entry = trace.places.entry[place] ?? none;
  if (entry >= 0 && (trace.entries.flow[entry] ?? none) < 0) return 'a sentinel';
  const seq = trace.places.seq[place];
  return seq === undefined ? 'a record without identity' : `record …${seq.slice(-12)}`;
};

/** The cut is left of all marks of its track that come after its line. Without such marks it is at the end. */
const cutsOf = ({ cut }: RecordPictureOptions, tracks: readonly DrawnTrack[], width: number): RecordPicture['cuts'] => {
  if (cut === undefined) return [];
  const marks = tracks.find(({ kind }) => kind === cut.track)?.marks ?? [];
  const behind = marks.filter(({ mark }) => mark.row === 0 && mark.line > cut.line).map(({ mark }) => mark.column);
  return [{ column: (behind.length === 0 ? width : Math.min(...behind)) - 0.5, text: cut.text, line: cut.line }];
};

/**
 * Counts pairs that have one order on the first track and the other on the stored track. Without a stored track the
 * last one counts; if the stored track is the first, the first delivered one. 0 above 4,000 records.
 */
const crossingsOf = (rows: readonly Row[]): number => {
  const [first] = rows;
  const last = rows.find(({ kind }) => kind === 'stored') ?? rows.at(-1);
  const end =
    first?.kind === 'stored' ? rows.find(({ kind, placed }) => kind === 'delivered' && placed.length > 0) : last;
  if (first === undefined || end === undefined || first === end) return 0;
  const rank = new Map<number, number>();
  for (const { record, rank: at, form } of end.placed)
    if (form !== 'missing' && form !== 'unread' && !rank.has(record)) rank.set(record, at);
  const order = first.placed.flatMap(({ record }) => rank.get(record) ?? []);
  if (order.length > 4000) return 0;
  let crossings = 0;
  for (const [index, a] of order.entries())
    for (let other = index + 1; other < order.length; other += 1) if ((order[other] ?? 0) < a) crossings += 1;
  return crossings;
};
