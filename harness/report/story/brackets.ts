import { shardName, timeOf } from '../naming.ts';
import { none, type Trace } from '../trace/trace.ts';
import { ownerOf } from './lane.ts';
import type { Drawn } from './links.ts';
import { type Bracket, isReportTrack, type TrackKind } from './picture.ts';
import { callName } from './record-story.ts';

/** Neighbouring marks that belong to one call, answer, shard or page. */
export const brackets = (
  trace: Trace,
  kind: TrackKind,
  marks: readonly Drawn[],
  witness: ReadonlySet<number>,
): readonly Bracket[] => {
  const firsts = marks
    .filter(({ mark }) => mark.row === 0 && mark.form !== 'missing')
    .toSorted((a, b) => a.mark.column - b.mark.column);
  const groups: { name: string; from: number; to: number; first: Drawn }[] = [];
  for (const drawn of firsts) {
    const name = groupOf(trace, kind, drawn);
    const last = groups.at(-1);
    const { column } = drawn.mark;
    if (last !== undefined && last.name === name) last.to = column;
    else groups.push({ name, from: column, to: column, first: drawn });
  }
  return groups.map(({ from, to, first }) => {
    const line = kind === 'stored' ? 0 : first.mark.line;
    const isWitness = witness.has(line);
    if (isReportTrack(kind)) return { from, to, line, text: first.placed.note ?? kind, isWitness, worker: null };
    return { from, to, line, text: textOf(trace, kind, first), isWitness, worker: workerOf(trace, kind, first) };
  });
};

const groupOf = (trace: Trace, kind: TrackKind, { placed, mark }: Drawn): string =>
  kind === 'stored' ? String(trace.places.shard[placed.at] ?? none) : String(mark.line);

const workerOf = ({ pages, names }: Trace, kind: TrackKind, { placed }: Drawn): string | null =>
  kind === 'delivered' ? (names.workers[pages.worker[ownerOf(pages.first, placed.at)] ?? none] ?? null) : null;

const textOf = (trace: Trace, kind: TrackKind, { placed }: Drawn): string => {
  const { calls, pages, places, names } = trace;
  if (kind === 'stored') return shardName(names.shards[places.shard[placed.at] ?? none] ?? '');
  if (kind === 'delivered') {
    const page = ownerOf(pages.first, placed.at);
    const worker = names.workers[pages.worker[page] ?? none];
    return `page, ${timeOf(pages.t[page] ?? 0)}${worker === undefined ? '' : `, ${worker}`}`;
  }
  const call = ownerOf(calls.first, placed.at);
  if (kind === 'sent') return `${callName(trace, call)}, ${timeOf(calls.t[call] ?? 0)}`;
  return (calls.ackLine[call] ?? none) < 0 ? 'no answer' : `answer, ${timeOf(calls.ackT[call] ?? 0)}`;
};

/** Columns between which a reader began again with another chain. */
export const breaksOf = (trace: Trace, marks: readonly Drawn[]): readonly number[] => {
  const { chain, first } = trace.pages;
  const given = marks.filter(({ mark }) => mark.form !== 'missing').toSorted((a, b) => a.placed.rank - b.placed.rank);
  const breaks: number[] = [];
  for (const [index, drawn] of given.entries()) {
    const before = given[index - 1];
    if (before === undefined) continue;
    const [one, other] = [before, drawn].map(({ placed }) => chain[ownerOf(first, placed.at)] ?? none);
    const [shard, next] = [before, drawn].map(({ placed }) => trace.pages.shard[ownerOf(first, placed.at)] ?? none);
    if (one !== other && shard === next) breaks.push(drawn.mark.column - 0.5);
  }
  return breaks;
};
