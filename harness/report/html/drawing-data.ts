import type { Finding } from '../../model/verdict.ts';
import { countOf } from '../naming.ts';
import type { Source } from '../story/finding-picture.ts';
import { keyPart } from '../trace/hash-part.ts';
import { none, type Trace } from '../trace/trace.ts';
import type { TraceFold } from '../trace/trace-fold.ts';
import { shardsIn } from './counts-strip.ts';
import type { Drawing, PageFinding } from './data.ts';
import { densityOf } from './density.ts';
import { mapMark } from './map-marks.ts';
import type { Packed } from './pack.ts';
import { stopsOf } from './stops.ts';

type DrawingInput = {
  readonly fold: TraceFold;
  readonly source: Source;
  readonly findings: readonly Finding[];
  readonly shown: readonly PageFinding[];
  readonly packed: Packed | undefined;
  readonly isWhole: boolean;
  readonly id: string;
};

/** The data of the map, the lanes and the charts. */
export const drawingOf = ({ fold, source, findings, shown, packed, isWhole, id }: DrawingInput): Drawing => {
  const { trace } = source;
  const { topology, bands, activity, subjects } = fold;
  // A dump has no puts: its records are those that were read.
  const records = activity.calls === 0 ? activity.reads : activity.records;
  const drawing = {
    end: fold.t,
    span: spanShown(fold, trace),
    shards: topology.spans,
    reshards: topology.reshards,
    bands: bands.faults.map(({ name, line, t, op }) => ({
      kind: 'fault' as const,
      name,
      line,
      ...spanOf(trace, t, op),
    })),
    phases: bands.phases,
    notes: bands.notes.slice(0, 200),
    marks: findings.flatMap((finding, index) => mapMark(source, topology.spans, finding, index, keyPart) ?? []),
    density: densityOf(activity, isWhole),
    series: activity.series(),
    latency: activity.overall(),
    subjects: [...subjects.groups.values()],
    roles: Object.fromEntries(fold.roles),
    records,
    calls: activity.calls,
    deliveries: trace.deliveries.place.length,
    keys: trace.names.keys.length,
    counts: [
      ...shardWords(fold, isWhole ? trace : undefined),
      countOf(trace.names.keys.length, 'key'),
      countOf(records, 'record'),
    ].join(', '),
    named: namedKeys(trace, findings),
    trace:
      packed === undefined
        ? null
        : { element: `records-${id}`, header: packed.header, isWhole, hasSeqs: trace.places.seq.length > 0 },
  };
  return { ...drawing, stops: stopsOf(shown, drawing) };
};

/**
 * The first view of the map. Leaves out the reading after the last answer, because the writing would become too small.
 */
const spanShown = ({ t: end, topology }: TraceFold, { calls, pages }: Trace): readonly [number, number] => {
  const own = [...calls.t.keys()].filter((call) => calls.api[call] !== 2);
  if (own.length === 0) return [pages.t0[0] ?? 0, Math.max(pages.t.at(-1) ?? end, (pages.t0[0] ?? 0) + 1)];
  let [from, to] = [Number.POSITIVE_INFINITY, 0];
  for (const call of own) {
    from = Math.min(from, calls.t[call] ?? 0);
    to = Math.max(to, calls.t[call] ?? 0, calls.ackT[call] ?? 0);
  }
  for (const reshard of topology.reshards) {
    from = Math.min(from, reshard.from.t);
    to = Math.max(to, reshard.to?.t ?? reshard.from.t);
  }
  const room = Math.max(500, (to - from) * 0.03);
  return [Math.max(0, from - room), Math.min(Math.max(end, to + 1), to + room)];
};

/** The times of a call, from sending to answer. Both are `t` if the call is unknown. */
const spanOf = ({ calls }: Trace, t: number, op: number | null): { readonly from: number; readonly to: number } => {
  const call = op === null ? none : calls.op.indexOf(op);
  if (call < 0) return { from: t, to: t };
  const answered = calls.ackT[call] ?? none;
  return { from: calls.t[call] ?? t, to: answered < 0 ? t : answered };
};

/** How many shards were listed; where none were, from how many was read. Empty if that is not known either. */
const shardWords = (fold: TraceFold, whole: Trace | undefined): readonly string[] => {
  const listed = shardsIn(fold);
  if (listed > 0) return [countOf(listed, 'shard')];
  const read = new Set(whole?.pages.shard).size;
  return read === 0 ? [] : [`${countOf(read, 'shard')} read from`];
};

const namedKeysMax = 12;

/** At most `namedKeysMax` keys: those of findings, then those with the most records. */
const namedKeys = ({ entries, names }: Trace, findings: readonly Finding[]): readonly string[] => {
  const counts = new Float64Array(names.keys.length);
  for (const key of entries.key) counts[key] = (counts[key] ?? 0) + 1;
  const hottest = [...counts.keys()].sort((a, b) => (counts[b] ?? 0) - (counts[a] ?? 0)).slice(0, namedKeysMax);
  const own = findings.flatMap(({ key }) => (key === null ? [] : [key]));
  return [...new Set([...own.slice(0, namedKeysMax), ...hottest.map((key) => names.keys[key] ?? '')])].slice(
    0,
    namedKeysMax,
  );
};
