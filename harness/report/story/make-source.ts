import type { Finding } from '../../model/verdict.ts';
import type { FinishedTrace } from '../trace/finish-trace.ts';
import { hashPart } from '../trace/hash-part.ts';
import { none } from '../trace/trace.ts';
import type { TraceFold } from '../trace/trace-fold.ts';
import { indexFor, type Source } from './finding-picture.ts';

export type SourceWords = Pick<Source, 'path' | 'summaryOf'> & {
  readonly title: string;
  /** Default: the head of the history. */
  readonly target?: string | undefined;
};

/**
 * The last place at or below a sequence number in a shard; -1 if there is none. A checkpoint may lie between two
 * records.
 */
const placeBelow = ({ places, names }: FinishedTrace, shard: string, seq: string): number => {
  const id = names.shards.indexOf(shard);
  const first = places.shard.indexOf(id);
  if (id < 0 || first < 0 || places.seq.length === 0) return none;
  let [low, high] = [first - 1, places.shard.lastIndexOf(id)];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (isAtMost(places.seq[middle] ?? '', seq)) low = middle;
    else high = middle - 1;
  }
  return low < first ? none : low;
};

const isAtMost = (one: string, other: string): boolean =>
  one.length === other.length ? one <= other : one.length < other.length;

/** The data of pictures, from a folded history. */
export const makeSource = (
  fold: TraceFold,
  trace: FinishedTrace,
  findings: readonly Finding[],
  { title, target, path, summaryOf }: SourceWords,
): Source => {
  const { draft, roles, bands, lines, head } = fold;
  const engine = target ?? [head?.target?.engine, head?.target?.version].filter((part) => part !== undefined).join(' ');
  const seed = head?.seed === undefined ? '' : `seed ${head.seed}`;
  const run = head?.run === undefined ? '' : `run ${head.run}`;
  const findPlace: Source['findPlace'] = (shard, seq, sub) => {
    const found = draft.findPlace(shard, seq, sub ?? undefined);
    return found < 0 ? none : (trace.rankOf[found] ?? none);
  };
  const source: Omit<Source, 'lanes'> = {
    trace,
    findPlace,
    said: fold.subjects.all.map(({ seq, sub, ...one }) => {
      const exact = seq === null ? none : findPlace(one.shard, seq, sub);
      const isBetween = seq !== null && exact < 0 && one.event === 'checkpoint';
      return { ...one, place: isBetween ? placeBelow(trace, one.shard, seq) : exact };
    }),
    groupOf: (reader) => fold.subjects.groupOf(reader),
    findFlows: (producer, key) =>
      draft
        .findFlows(producer, key)
        .flatMap((flow) => trace.flowOf[flow] ?? [])
        .filter((flow) => flow >= 0),
    roles,
    lists: [...lines]
      .flatMap(([line, event]) =>
        event.type === 'topology' ? [{ line, t: event.t, status: event.status ?? '', shards: event.shards }] : [],
      )
      .toSorted((a, b) => a.line - b.line),
    faults: bands.faults,
    hasPuts: head?.recorded === undefined || head.recorded.includes('puts'),
    startedAt: head?.clock === 'none' ? Number.NaN : Date.parse(head?.startedAt ?? ''),
    partOf: hashPart,
    summaryOf,
    path,
    from: [title, engine, seed, run].filter((part) => part !== '').join(' · '),
  };
  return { ...source, lanes: indexFor(source, findings) };
};
