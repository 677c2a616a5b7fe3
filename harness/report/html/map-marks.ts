import { type Finding, isViolation } from '../../model/verdict.ts';
import type { Source } from '../story/finding-picture.ts';
import { attemptOf, ownerOf } from '../story/lane.ts';
import { namedBy } from '../story/named.ts';
import type { ShardSpan } from '../trace/spans.ts';
import { none, type Trace } from '../trace/trace.ts';
import type { MapMark } from './data.ts';

/**
 * The mark of a finding on the map: at the wrong record, or at the hash keys that it is about. Undefined if the
 * history has neither.
 */
export const mapMark = (
  source: Source,
  spans: readonly ShardSpan[],
  finding: Finding,
  index: number,
  partOfKey: (key: string) => number,
): MapMark | undefined => {
  const named = namedBy(finding)[0];
  const place = named?.shard == null || named.seq === null ? none : source.findPlace(named.shard, named.seq, named.sub);
  const about = { source, spans, finding, index, isViolation: isViolation(finding) };
  if (place >= 0) return placeMark(about, place);
  if (finding.key !== null) return keyMark(about, named?.n ?? null, partOfKey(finding.key));
  return rangeMark(about);
};

type About = {
  readonly source: Source;
  readonly spans: readonly ShardSpan[];
  readonly finding: Finding;
  readonly index: number;
  readonly isViolation: boolean;
};

const formOf = ({ anomaly }: Finding): MapMark['form'] => {
  if (anomaly === 'mispartitioned' || anomaly === 'split-key') return 'wrong-shard';
  if (anomaly === 'write-to-closed') return 'closed';
  if (/lost|unseen|gap|loss|aborted/.test(anomaly)) return 'lost';
  return /poll|deliver|reader|session|bookmark|resumable|shard-end|view/.test(anomaly) ? 'reading' : 'late';
};

const placeMark = ({ source: { trace }, spans, finding, index, isViolation }: About, place: number): MapMark => {
  const { calls, pages, deliveries, places, names } = trace;
  const entry = places.entry[place] ?? none;
  const read = deliveries.place.indexOf(place);
  const form = formOf(finding);
  const page = read < 0 ? none : ownerOf(pages.first, read);
  const call = entry < 0 ? none : ownerOf(calls.first, entry);
  const t =
    form === 'reading' && page >= 0 ? (pages.t[page] ?? 0) : call >= 0 ? (calls.ackT[call] ?? 0) : (pages.t[page] ?? 0);
  const y =
    entry >= 0 ? hashOf(trace, entry) : (trace.keyHash[trace.flows.key[deliveries.flow[read] ?? none] ?? none] ?? 0.5);
  const span = spans.findLast(({ shard }) => shard === names.shards[places.shard[place] ?? none]);
  const isAway = span !== undefined && (y < span.parts[0] || y > span.parts[1]);
  return {
    finding: index,
    form,
    t,
    y: [y, y],
    label: labelOf(trace, entry),
    isViolation,
    refused: entry < 0 ? null : refusedBefore(trace, entry),
    place: isAway ? (span.parts[0] + span.parts[1]) / 2 : null,
  };
};

/** The mark of a record that was stored nowhere: at its last attempt, otherwise at the time of its neighbours. */
const keyMark = ({ source, finding, index, isViolation }: About, n: number | null, y: number): MapMark | undefined => {
  const { trace, findFlows, lanes } = source;
  const { entries, calls } = trace;
  const flows = findFlows(finding.producer, finding.key ?? '');
  const own = flows.flatMap((flow) => lanes.get(flow)?.entries ?? []).sort((a, b) => a - b);
  const entry =
    own.findLast((one) => entries.n[one] === n) ?? own.findLast((one) => (entries.n[one] ?? none) < (n ?? 0)) ?? own[0];
  const call = entry === undefined ? none : ownerOf(calls.first, entry);
  const t = call < 0 ? none : Math.max(calls.ackT[call] ?? none, calls.t[call] ?? none);
  if (t < 0) return undefined;
  return {
    finding: index,
    form: formOf(finding),
    t,
    y: [y, y],
    label: n === null ? '' : `#${n}`,
    isViolation,
    refused: null,
    place: null,
  };
};

const rangeMark = ({ source: { lists, partOf }, spans, finding, index, isViolation }: About): MapMark | undefined => {
  const list = lists.findLast(({ line }) => finding.witness.includes(line));
  const { from, to } = finding.evidence;
  const named = spans.filter(({ shard }) => finding.shards.includes(shard));
  const isRange = typeof from === 'string' && typeof to === 'string' && /^\d+$/.test(from + to);
  if (!isRange && named.length === 0) return undefined;
  const y = isRange
    ? ([partOf(from), partOf(to)] as const)
    : ([Math.min(...named.map(({ parts }) => parts[0])), Math.max(...named.map(({ parts }) => parts[1]))] as const);
  const t = list?.t ?? named.at(-1)?.opened.t ?? 0;
  return { finding: index, form: 'topology', t, y, label: finding.anomaly, isViolation, refused: null, place: null };
};

const hashOf = ({ entries, keyHash }: Trace, entry: number): number => {
  const own = entries.hash[entry] ?? none;
  return own >= 0 ? own : (keyHash[entries.key[entry] ?? none] ?? 0.5);
};

const labelOf = ({ entries }: Trace, entry: number): string => {
  const n = entries.n[entry] ?? none;
  return entry < 0 || n < 0 ? '' : `#${n}`;
};

const refusedBefore = (trace: Trace, entry: number): MapMark['refused'] => {
  const { entries, calls } = trace;
  const n = entries.n[entry] ?? none;
  if (n < 0) return null;
  for (let other = entry - 1; other >= 0; other -= 1) {
    if (entries.flow[other] !== entries.flow[entry] || entries.n[other] !== n) continue;
    const { outcome, call } = attemptOf(trace, other);
    if (outcome === 'stored') return null;
    const t = calls.ackT[call] ?? none;
    return {
      t: t < 0 ? (calls.t[call] ?? 0) : t,
      label: outcome === 'refused' ? `#${n} refused, sent again` : `#${n} outcome unknown, sent again`,
    };
  }
  return null;
};
