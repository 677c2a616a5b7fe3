import type { Finding } from '../../model/verdict.ts';
import { shardName } from '../naming.ts';
import type { List } from '../trace/spans.ts';
import { none, type Trace } from '../trace/trace.ts';
import { cutOf, noteOf } from './annotations.ts';
import { boundedRecord } from './bounded-record.ts';
import { choose } from './choose.ts';
import { withClock } from './clock-steps.ts';
import type { ConsumerReport } from './consumer-reports.ts';
import { type LaneIndex, type LaneRecord, laneIndex, lanesOf, ownerOf, recordsAt } from './lane.ts';
import { type Named, namedBy } from './named.ts';
import type { Picture, Role } from './picture.ts';
import { isOwed, readersOf } from './picture-readers.ts';
import { nameOf, recordPicture } from './record-picture.ts';
import { groupOf, reportScene, reportsFor } from './subject-scene.ts';
import { titleOf } from './titles.ts';
import { type PartOf, topologyPicture } from './topology-picture.ts';

/** The data of pictures: the trace, and lookups from evidence into it. */
export type Source = {
  readonly trace: Trace;
  readonly lanes: LaneIndex;
  /** Returns -1 if the place is not in the trace. */
  readonly findPlace: (shard: string, seq: string, sub: number | null) => number;
  /** Returns the flows of all producers of a key if `producer` is null. */
  readonly findFlows: (producer: string | null, key: string) => readonly number[];
  readonly roles: ReadonlyMap<string, string>;
  /** Reports of consumers under test, in the order of lines. `groupOf` returns the application of a reader. */
  readonly said: readonly ConsumerReport[];
  readonly groupOf: (reader: string) => string | undefined;
  readonly lists: readonly List[];
  readonly faults: readonly { readonly name: string; readonly line: number; readonly op: number | null }[];
  readonly hasPuts: boolean;
  /** Unix milliseconds; NaN if the history has none. */
  readonly startedAt: number;
  readonly partOf: PartOf;
  /** The summary of each claim. */
  readonly summaryOf: (anomaly: string) => string | undefined;
  /** For the subtitle: scenario, target, seed. */
  readonly from: string;
  /** The path of the history. */
  readonly path: string;
};

const aboutTopology: ReadonlySet<string> = new Set([
  'hash-hole',
  'hash-overlap',
  'open-parent',
  'bad-parentage',
  'topology-mutation',
]);
/** Claims about the order of places and about what a reader got, whoever wrote the records. */
const aboutReading: ReadonlySet<string> = new Set([
  'int-nonmonotonic-poll',
  'nonmonotonic-poll',
  're-delivery',
  'poll-skip',
  'resumable-broken',
  'reader-divergence',
  'bookmark-broken',
  'premature-shard-end',
  'stuck-shard-end',
  'nonmonotonic-session',
  'lost-in-view',
  'arrival-regression',
  'two-owners',
  'fetched-not-delivered',
  'checkpoint-back',
]);

const columnsMax = 14;
const besidePlaces = 5;

/** The picture of a finding; undefined if the history has nothing that the finding names. */
export const findingPicture = (source: Source, finding: Finding, max = columnsMax): Picture | undefined => {
  const isDeclared = finding.kind === 'declared';
  if (aboutTopology.has(finding.anomaly) || isDeclared) {
    const lists = source.lists.filter(({ line }) => finding.witness.includes(line));
    const title = titleOf(finding, undefined, undefined, source.summaryOf(finding.anomaly));
    return topologyPicture(finding, lists, source.partOf, {
      title,
      subtitle: source.from,
      foot: footOf(source, finding),
    });
  }
  const named = namedBy(finding);
  const isReading = aboutReading.has(finding.anomaly) || finding.key === null;
  const lane = isReading ? placesLane(source, finding, named) : flowLane(source, finding, named);
  return lane === undefined ? undefined : draw(source, finding, lane, isReading, max);
};

type Lane = { readonly records: readonly LaneRecord[]; readonly roles: ReadonlyMap<number, Role> };

/** The index of all flows that the findings need, made in one pass. */
export const indexFor = (source: Omit<Source, 'lanes'>, findings: readonly Finding[]): LaneIndex =>
  laneIndex(source.trace, new Set(findings.flatMap((finding) => [...flowsOf(source, finding, namedBy(finding))])));

const ownFlows = (source: Omit<Source, 'lanes'>, { key, producer }: Finding): readonly number[] =>
  key === null ? [] : source.findFlows(producer, key);

/** The flows of the finding's key and of the other named records. */
const flowsOf = (source: Omit<Source, 'lanes'>, finding: Finding, named: readonly Named[]): ReadonlySet<number> => {
  const own = ownFlows(source, finding);
  const others = named.flatMap((one) => flowsAt(source.trace, placeOf(source, one)));
  return new Set([...own, ...others].filter((flow) => flow >= 0));
};

/** The records of those flows. Undefined if the finding has no flow in the trace. */
const flowLane = (source: Source, finding: Finding, named: readonly Named[]): Lane | undefined => {
  const own = ownFlows(source, finding);
  const places = named.map((one) => placeOf(source, one));
  const flows = flowsOf(source, finding, named);
  if (flows.size === 0) return undefined;
  const records = lanesOf(source.trace, flows, source.lanes);
  const roles = new Map<number, Role>();
  const note = (index: number, role: Role): void => {
    if (index >= 0 && !roles.has(index)) roles.set(index, role);
  };
  for (const [index, { n, role }] of named.entries()) {
    const place = places[index] ?? none;
    if (n !== null)
      note(
        records.findIndex((record) => own.includes(record.flow) && record.n === n),
        role,
      );
    else if (place >= 0)
      note(
        records.findIndex((record) => record.places.includes(place)),
        role,
      );
  }
  if (roles.size === 0 && finding.witness.length > 0)
    for (const index of onLines(source.trace, records, finding.witness)) note(index, 'late');
  return withGaps(records, roles, finding, named, own[0] ?? none);
};

/** Adds the record that the finding names if it was neither sent nor read: it is the missing one. */
const withGaps = (
  records: readonly LaneRecord[],
  roles: Map<number, Role>,
  { evidence }: Finding,
  named: readonly Named[],
  flow: number,
): Lane => {
  const { n } = evidence;
  if (typeof n !== 'number' || named.length === 0 || records.some((record) => record.n === n))
    return { records, roles };
  const all = [...records, { flow, n, attempts: [], places: [], deliveries: [] }].toSorted((a, b) => a.n - b.n);
  return { records: all, roles: new Map([[all.findIndex((record) => record.n === n), 'late']]) };
};

/** The named places of a shard with their neighbours. Undefined if none is in the trace. */
const placesLane = (source: Source, finding: Finding, named: readonly Named[]): Lane | undefined => {
  const { trace } = source;
  const asked = named.map((one) => ({ place: placeOf(source, one), role: one.role })).filter(({ place }) => place >= 0);
  // A checkpoint may name a sequence number that no record has; the record below it is drawn. The newer checkpoint is
  // the wrong one.
  const said = source.said.filter(({ line, place }) => finding.witness.includes(line) && place >= 0).reverse();
  if (finding.anomaly === 'checkpoint-back')
    asked.push(
      ...said.map(({ place }, index) => ({ place, role: index === 0 ? ('late' as const) : ('other' as const) })),
    );
  const [shard] = finding.shards;
  if (asked.length === 0 && shard !== undefined) {
    const last = trace.places.shard.lastIndexOf(trace.names.shards.indexOf(shard));
    if (last >= 0) asked.push({ place: last, role: 'neighbour' });
  }
  if (asked.length === 0) return undefined;
  const places = new Set<number>();
  for (const { place } of asked)
    for (let other = place - besidePlaces; other <= place + besidePlaces; other += 1)
      if (trace.places.shard[other] === trace.places.shard[place]) places.add(other);
  const records = recordsAt(trace, places);
  const roles = new Map<number, Role>();
  for (const { place, role } of asked) {
    const index = records.findIndex((record) => record.places.includes(place));
    if (role !== 'neighbour' && !roles.has(index)) roles.set(index, role);
  }
  // If two workers own a shard, the delivery on the last witness line should not have happened.
  if (finding.anomaly === 'two-owners')
    for (const index of onLines(trace, records, finding.witness.slice(-1))) roles.set(index, 'late');
  return { records, roles };
};

const draw = (source: Source, finding: Finding, { records, roles }: Lane, isReading: boolean, max: number): Picture => {
  const { trace } = source;
  const choice = choose(
    records,
    [...roles.keys()].sort((a, b) => a - b),
    max,
  );
  const picked = [...choice.kept, ...choice.folded].sort((a, b) => a - b);
  const inPicture = new Map(picked.map((index, at) => [index, at]));
  const witness = new Set(finding.witness);
  const shown = picked.map((index) => boundedRecord(trace, records[index] as LaneRecord, witness));
  const moved = new Map(
    [...roles].flatMap(([index, role]) => (inPicture.has(index) ? [[inPicture.get(index) ?? 0, role] as const] : [])),
  );
  const named = (role: Role): string | undefined => {
    const [index] = [...moved].find(([, own]) => own === role) ?? [];
    const record = index === undefined ? undefined : shown[index];
    return record === undefined ? undefined : shortName(trace, record, finding, isReading);
  };
  const said = reportsFor(finding, source.said);
  const cut = cutOf(trace, finding);
  const note = noteOf(finding);
  return recordPicture({
    trace,
    records: shown,
    folded: new Set(choice.folded.map((index) => inPicture.get(index) ?? none)),
    roles: moved,
    readers: readersOf(source, shown, finding),
    isFinal: isOwed(source, finding),
    told: withClock(reportScene(finding, said), trace, source.startedAt),
    isOwn: (reader) => source.groupOf(trace.names.readers[reader] ?? '') === groupOf(finding),
    isClaimed: finding.anomaly === 'subject-claim',
    hasPuts: source.hasPuts,
    kinds: isReading ? reading : all,
    faultOf: faultOf(source),
    witness,
    title: titleOf(finding, named('late'), named('other'), source.summaryOf(finding.anomaly)),
    subtitle: subtitleOf(source, finding),
    foot: footOf(source, finding),
    goesOn: choice.goesOn,
    ...(cut === undefined ? {} : { cut }),
    ...(note === undefined ? {} : { note }),
  });
};

const reading = ['stored', 'delivered'] as const;
const all = ['sent', 'acknowledged', ...reading] as const;

/** `#10` if the picture already names the key; otherwise the full name. */
const shortName = (trace: Trace, record: LaneRecord, { key }: Finding, isReading: boolean): string => {
  const own = trace.names.keys[trace.flows.key[record.flow] ?? none];
  return key !== null && own === key && record.n >= 0 && !isReading ? `#${record.n}` : nameOf(trace, record);
};

const subtitleOf = ({ from }: Source, { key, shards }: Finding): string =>
  [key === null ? '' : `key ${key}`, shards.map(shardName).join(', '), from].filter((part) => part !== '').join(' · ');

export const footOf = ({ path }: Pick<Source, 'path'>, { anomaly, kind, blame, witness }: Finding): string => {
  const lines =
    witness.length === 1
      ? `line ${witness[0]}`
      : `lines ${witness.slice(0, 12).join(', ')}${witness.length > 12 ? ' …' : ''}`;
  return [
    kind === null ? anomaly : `${anomaly}, ${kind}`,
    ...(blame === null ? [] : [`blame: ${blame}`]),
    `${lines} of ${path}`,
  ].join('   ');
};

const placeOf = (source: Omit<Source, 'lanes'>, { shard, seq, sub }: Named): number =>
  shard === null || seq === null ? none : source.findPlace(shard, seq, sub);

/** The flows of the records that were acknowledged or read at a place; several if several records claim it. */
const flowsAt = ({ entries, places, deliveries }: Trace, place: number): readonly number[] => {
  if (place < 0) return [];
  const entry = places.entry[place] ?? none;
  const flows = entry < 0 ? [] : [entries.flow[entry] ?? none];
  for (let read = deliveries.place.indexOf(place); read >= 0; read = deliveries.place.indexOf(place, read + 1))
    flows.push(deliveries.flow[read] ?? none);
  return flows;
};

const onLines = (
  { calls, pages }: Trace,
  records: readonly LaneRecord[],
  lines: readonly number[],
): readonly number[] =>
  [...records.keys()]
    .filter((index) => {
      const record = records[index];
      const own = [
        ...(record?.attempts ?? []).map(({ call }) => calls.line[call] ?? 0),
        ...(record?.deliveries ?? []).map(({ page }) => pages.line[page] ?? 0),
      ];
      return own.some((line) => lines.includes(line));
    })
    .slice(0, 3);

/** Finds the fault that fired on the call of an entry; null if none did. */
const faultOf = ({
  trace,
  faults,
}: Source): ((entry: number) => { readonly name: string; readonly line: number } | null) => {
  const byOp = new Map(faults.flatMap(({ op, name, line }) => (op === null ? [] : [[op, { name, line }] as const])));
  return (entry) =>
    byOp.size === 0 ? null : (byOp.get(trace.calls.op[ownerOf(trace.calls.first, entry)] ?? none) ?? null);
};
