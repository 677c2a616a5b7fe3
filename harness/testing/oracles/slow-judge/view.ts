import type { HistoryLine } from '../../../judging/check-history.ts';
import type {
  Head,
  IteratorStart,
  PageEvent,
  PutEntryEvent,
  PutEvent,
  ReaderEvent,
  ReaderRole,
  ReadRecord,
  ReshardEvent,
  ShardInfo,
  SubjectEvent,
  TopologyEvent,
} from '../../../model/event.ts';

/** A history as lists, for a judge that may be slow. Only rules 1 to 3 of the contract are applied here. */
export type Attempt = {
  readonly id: string;
  /** The producer of this entry, otherwise of its put. */
  readonly producer: string;
  readonly put: PutEvent;
  readonly entry: PutEntryEvent;
  readonly index: number;
  readonly sent: number;
  readonly answered: number;
  readonly outcome: 'ok' | 'fail' | 'info';
  readonly place: Place | undefined;
  /** How often the client itself sent the call. */
  readonly times: number;
  /** Partition key and explicit hash key of the Kinesis record that carries it. */
  readonly outerKey: string;
  readonly hash: string | undefined;
};
export type Place = { readonly shard: string; readonly seq: bigint; readonly sub: number; readonly name: string };
export type Read = {
  readonly id: string | undefined;
  readonly place: Place;
  readonly record: ReadRecord;
  readonly page: PageEvent;
  readonly asked: number;
  readonly reader: string;
  readonly chain: string;
};
export type Mode = 'P1' | 'P2' | 'P3' | 'P4';
export type View = {
  readonly head: Head;
  readonly hasPuts: boolean;
  /** True if any record of the workload has an identity. */
  readonly hasIdentity: boolean;
  readonly attempts: readonly Attempt[];
  readonly reads: readonly Read[];
  readonly pages: readonly PageEvent[];
  readonly topologies: readonly TopologyEvent[];
  readonly reshards: readonly ReshardEvent[];
  readonly roles: ReadonlyMap<string, ReaderRole>;
  readonly end: string | undefined;
  /** True if a phase after the load, a reader that begins after the drain, or an end says that the load is over. */
  readonly isLoadOver: boolean;
  readonly readers: readonly ReaderEvent[];
  /** Reports of consumers under test. */
  readonly said: readonly SubjectEvent[];
  /** When the load was over; infinite if no phase says so. */
  readonly loadOver: number;
};

export const idOf = (producer: string | undefined, key: string | undefined, n: number): string =>
  JSON.stringify([producer, key, n]);
/** Additions, `scope`: one counter for all producers of a key makes the producer informative. */
const identityOf = (head: Head, producer: string | undefined, key: string | undefined, n: number): string =>
  idOf(head.identity?.scope === 'key' ? '' : producer, key, n);
const producerOf = (put: PutEvent, entry: PutEntryEvent): string | undefined => entry.producer ?? put.producer;
const identityOfEntry = (head: Head, put: PutEvent, entry: PutEntryEvent): string =>
  identityOf(head, producerOf(put, entry), entry.flow ?? entry.key, entry.n ?? -1);
export const partsOf = (id: string): readonly [string, string, number] => JSON.parse(id) as [string, string, number];

export const placeOf = (shard: string, seq: string, sub: number | undefined): Place => {
  const number = BigInt(seq);
  return { shard, seq: number, sub: sub ?? 0, name: `${shard} ${number} ${sub ?? 0}` };
};

/** Position inside one shard: number, then sub index. */
export const comparePlaces = (a: Place, b: Place): number => {
  if (a.seq !== b.seq) return a.seq < b.seq ? -1 : 1;
  return a.sub - b.sub;
};

export const chainOf = ({ reader, chain, shard }: PageEvent): string => JSON.stringify([reader, chain, shard]);
const only = <T extends HistoryLine['type']>(lines: readonly HistoryLine[], type: T) =>
  lines.filter((line): line is Extract<HistoryLine, { type: T }> => line.type === type);

/**
 * Gives each `t` a fraction, because lines with one `t` are ordered by their lines. A `t0` stays whole: lines of its
 * microsecond are not before it.
 */
const inLineOrder = (lines: readonly HistoryLine[]): readonly HistoryLine[] =>
  lines.map((line, index) => (line.type === 'head' ? line : { ...line, t: line.t + index / (lines.length + 1) }));

/** Numbers chains anew, because a page with `from` begins a chain even if its number was used before. */
const renumbered = (pages: readonly PageEvent[]): readonly PageEvent[] => {
  const begun = new Map<string, number>();
  return pages.map((page, index) => {
    const id = chainOf(page);
    const chain = page.from === undefined ? (begun.get(id) ?? index) : index;
    begun.set(id, chain);
    return { ...page, chain };
  });
};

/** Removes `more` of a failed read: a missing next iterator is then no end. */
const withoutFalseEnd = ({ more, ...page }: PageEvent): PageEvent =>
  more === undefined || page.error !== undefined ? page : { ...page, more };

/** When a page was asked for; its own time if that is unknown. Lines of that microsecond are not before it. */
export const askedAt = ({ t0, t }: PageEvent): number => t0 ?? Math.floor(t);

export const viewOf = (written: readonly HistoryLine[]): View => {
  const lines = inLineOrder(written);
  const [head] = only(lines, 'head');
  if (head === undefined) throw new Error('no head');
  const acks = new Map(only(lines, 'ack').map((ack) => [ack.op, ack]));
  const attempts = only(lines, 'put').flatMap((put) =>
    put.entries.map((entry, index): Attempt => {
      const ack = acks.get(put.op);
      const result = ack?.outcome === 'ok' ? ack.results?.[index] : undefined;
      const part = entry.part === undefined ? undefined : put.parts?.[entry.part];
      const isOk = result !== undefined && 'seq' in result;
      const isFail =
        ack?.outcome === 'fail' ||
        (result !== undefined && 'error' in result && result.error === 'ProvisionedThroughputExceededException');
      return {
        id: identityOfEntry(head, put, entry),
        producer: producerOf(put, entry) ?? '',
        times: ack?.attempts ?? 1,
        put,
        entry,
        index,
        sent: put.t,
        answered: ack?.t ?? Number.POSITIVE_INFINITY,
        outcome: isOk ? 'ok' : isFail ? 'fail' : 'info',
        place: isOk ? placeOf(result.shard, result.seq, result.sub) : undefined,
        outerKey: part?.key ?? entry.key,
        hash: part === undefined ? entry.hash : part.hash,
      };
    }),
  );
  const pages = renumbered(only(lines, 'page')).map(withoutFalseEnd);
  const reads = pages.flatMap((page) =>
    (page.records ?? []).map(
      (record): Read => ({
        id:
          record.producer === undefined || record.n === undefined
            ? undefined
            : identityOf(head, record.producer, record.flow ?? record.idKey ?? record.key, record.n),
        place: placeOf(page.shard, record.seq, record.sub),
        record,
        page,
        asked: askedAt(page),
        reader: page.reader,
        chain: chainOf(page),
      }),
    ),
  );
  const marks = new Set(attempts.filter(({ put }) => put.role === 'sentinel').map(({ id }) => id));
  return {
    head,
    hasIdentity:
      attempts.some(({ put, entry }) => put.role !== 'sentinel' && entry.n !== undefined) ||
      reads.some(({ id }) => id !== undefined && !marks.has(id)),
    hasPuts: attempts.length > 0 || (head.recorded ?? ['puts']).includes('puts'),
    attempts,
    reads,
    pages,
    topologies: only(lines, 'topology'),
    reshards: only(lines, 'reshard'),
    roles: new Map(only(lines, 'reader').map(({ reader, role }) => [reader, role ?? 'live'])),
    isLoadOver:
      !lines.some((line) => line.type === 'phase') ||
      lines.some((line) => line.type === 'phase' && line.phase !== 'load') ||
      lines
        .slice(lines.findIndex(({ type }) => type === 'phase'))
        .some((line) => line.type === 'reader' && line.role === 'final'),
    end: ['failed', 'interrupted', 'completed'].find((reason) =>
      only(lines, 'end').some((end) => end.reason === reason),
    ),
    readers: only(lines, 'reader'),
    said: only(lines, 'subject'),
    loadOver: only(lines, 'phase').find(({ phase }) => phase !== 'load')?.t ?? Number.POSITIVE_INFINITY,
  };
};

/** Rule 21: true if no identity is known. Places are judged as usual. */
export const isUnidentified = ({ hasPuts, hasIdentity }: View): boolean => !hasPuts && !hasIdentity;

export const groupBy = <T>(items: readonly T[], by: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(by(item), [...(groups.get(by(item)) ?? []), item]);
  return groups;
};

export const workOf = ({ attempts }: View): readonly Attempt[] => attempts.filter(({ put }) => put.role !== 'sentinel');

/** Rule 3: the weakest produce mode among the puts of a producer and key. */
export const modeOf = (view: View, producer: string, key: string): Mode => {
  if (!view.hasPuts) return 'P2';
  const own = workOf(view).filter((a) => a.producer === producer && a.entry.key === key);
  if (own.some(({ put }) => put.api === 'PutRecords' || put.parts !== undefined)) return 'P4';
  const overlaps = own.some((a) => own.some((b) => a !== b && a.sent <= b.sent && b.sent < a.answered));
  if (overlaps) return 'P3';
  const chained = own.every((a, index) => {
    if (index === 0) return true;
    const before = own.filter(({ answered, outcome }) => outcome === 'ok' && answered <= a.sent);
    const last = before.reduce<Attempt | undefined>(
      (x, y) => (x === undefined || y.answered >= x.answered ? y : x),
      undefined,
    );
    if (last?.place === undefined) return true;
    return a.entry.after !== undefined && BigInt(a.entry.after) === last.place.seq;
  });
  return chained && own.some(({ entry }) => entry.after !== undefined) ? 'P1' : 'P2';
};

/**
 * Shards as they were first listed, with the numbers of the first list that declares an impossible range, or with the
 * last ending number. Other changes are findings of their own.
 */
export const shardsOf = ({ topologies }: View): ReadonlyMap<string, ShardInfo> => {
  const infos = topologies.flatMap(({ shards }) => shards);
  return new Map(
    [...groupBy(infos, ({ shard }) => shard)].flatMap(([shard, [first, ...later]]) => {
      if (first === undefined) return [];
      const all = [first, ...later];
      const ending = all.findLast(({ seq }) => seq[1] !== null)?.seq[1] ?? null;
      return [[shard, { ...first, seq: all.find(isNonsense)?.seq ?? [first.seq[0], ending] }]];
    }),
  );
};

const isNonsense = ({ seq: [starting, ending] }: ShardInfo): boolean =>
  ending !== null && BigInt(ending) < BigInt(starting);

export const isAncestor = (view: View, older: string, younger: string): boolean => {
  const shards = shardsOf(view);
  const seen = new Set<string>();
  const climb = (shard: string): boolean => {
    if (seen.has(shard)) return false;
    seen.add(shard);
    return (shards.get(shard)?.parents ?? []).some((parent) => parent === older || climb(parent));
  };
  return climb(younger);
};

/** Consumption order of two places: negative, positive, or undefined if lineage does not relate the shards. */
export const consumption = (view: View, a: Place, b: Place): number | undefined => {
  if (a.shard === b.shard) return comparePlaces(a, b);
  if (isAncestor(view, a.shard, b.shard)) return -1;
  if (isAncestor(view, b.shard, a.shard)) return 1;
  return undefined;
};

/** The time of the first listing that shows the shard closed, or of the ok of its reshard. */
export const closedAt = (view: View, shard: string): number => {
  const listed = view.topologies.filter(({ shards }) => shards.some((s) => s.shard === shard && s.seq[1] !== null));
  const ids = new Set(
    view.reshards.filter((r) => r.phase === 'invoke' && (r.shards ?? []).includes(shard)).map(({ id }) => id),
  );
  const done = view.reshards.filter((r) => r.phase === 'ok' && ids.has(r.id));
  return Math.min(...[...listed, ...done].map(({ t }) => t), Number.POSITIVE_INFINITY);
};
export const isClosed = ({ topologies }: View, shard: string): boolean =>
  (topologies.flatMap(({ shards }) => shards).findLast((info) => info.shard === shard)?.seq[1] ?? null) !== null;

/**
 * Coverage (rule 7): from the beginning if the reader began there, or later read on from there; to the end if the end
 * was reported to it.
 */
export const covers = (view: View, reader: string, place: Place): boolean => {
  if (leavesOut(view, reader)) return false;
  const pages = view.pages.filter((page) => page.reader === reader && page.shard === place.shard);
  const places = view.reads.filter((r) => r.reader === reader && r.place.shard === place.shard).map((r) => r.place);
  const toEnd = pages.some(({ more }) => more === false);
  const fromStart = passagesOf(view, reader, place.shard).some(
    ({ pages: own }, index) =>
      own.some(({ from }) => from?.type === 'TRIM_HORIZON') &&
      (index === 0 || own.some(({ records = [], more }) => records.length > 0 || more === false)),
  );
  const above = fromStart || places.some((p) => comparePlaces(p, place) <= 0);
  const below = toEnd || places.some((p) => comparePlaces(p, place) >= 0);
  return above && below;
};

/** Places of a shard, each once, from the lowest. */
const placesIn = (view: View, shard: string): readonly Place[] => {
  const own = allPlaces(view).filter((place) => place.shard === shard);
  return [...new Map(own.map((place) => [place.name, place])).values()].sort(comparePlaces);
};

/** The number of known places before the first one that an iterator owes. Undefined if its start names no place. */
const dueOf = (view: View, shard: string, from: IteratorStart | undefined): number | undefined => {
  if (from?.type === 'TRIM_HORIZON') return 0;
  if (from?.type !== 'AT_SEQUENCE_NUMBER' && from?.type !== 'AFTER_SEQUENCE_NUMBER') return undefined;
  return placesIn(view, shard).filter((place) => !isFromStart(from, place)).length;
};

/**
 * True if a place is at or after the start of an iterator; with `sub`, after the user record that the reader already
 * had.
 */
export const isFromStart = ({ type, seq = '0', sub }: IteratorStart, place: Place): boolean => {
  if (place.seq !== BigInt(seq)) return place.seq > BigInt(seq);
  return sub === undefined ? type === 'AT_SEQUENCE_NUMBER' : place.sub > sub;
};

/** Additions, `filter`: true if the reader skips records by design. These are no findings, and it covers nothing. */
export const leavesOut = (view: View, reader: string | undefined): boolean =>
  view.readers.findLast((one) => one.reader === reader)?.filter === true;

/** Chains that continue each other (rule 7), in order. */
export type Passage = { chains: readonly string[]; pages: readonly PageEvent[] };
export const passagesOf = (view: View, reader: string, shard: string): readonly Passage[] => {
  const passages: Passage[] = [];
  if (leavesOut(view, reader)) return passages;
  const own = view.pages.filter((page) => page.reader === reader && page.shard === shard);
  for (const [chain, run] of groupBy(own, chainOf)) {
    const joined = passages.findLast(({ pages }) => joins(view, shard, pages, run[0]?.from));
    if (joined === undefined) passages.push({ chains: [chain], pages: run });
    else Object.assign(joined, { chains: [...joined.chains, chain], pages: [...joined.pages, ...run] });
  }
  return passages;
};

/**
 * True if a chain begins at a place within what the earlier ones delivered, or right after it; or from the same start
 * if they delivered nothing.
 */
const joins = (view: View, shard: string, pages: readonly PageEvent[], from: IteratorStart | undefined): boolean => {
  const first = pages[0]?.from;
  const due = dueOf(view, shard, from);
  const names = view.reads.filter((r) => pages.includes(r.page)).map(({ place }) => place.name);
  if (names.length === 0) {
    const isSameTime = from?.type === 'AT_TIMESTAMP' && first?.type === 'AT_TIMESTAMP' && from.at === first.at;
    return isSameTime || (due !== undefined && due === dueOf(view, shard, first));
  }
  if (due === undefined || from?.type === 'TRIM_HORIZON') return false;
  const ranks = placesIn(view, shard).flatMap(({ name }, rank) => (names.includes(name) ? [rank] : []));
  return Math.min(...ranks) <= due && due <= Math.max(...ranks) + 1;
};

/** The last known place before the start of a chain that continues where its reader stopped. */
export const resumedAt = (view: View, page: PageEvent | undefined): Place | undefined => {
  if (page === undefined) return undefined;
  const chain = chainOf(page);
  const isFirst = passagesOf(view, page.reader, page.shard).some(({ chains }) => chains[0] === chain);
  const due = dueOf(view, page.shard, page.from);
  return isFirst || due === undefined ? undefined : placesIn(view, page.shard)[due - 1];
};

/** Every place that was acknowledged or read. */
export const allPlaces = (view: View) => [
  ...view.reads.map(({ place }) => place),
  ...view.attempts.flatMap(({ place }) => place ?? []),
];

/** All places but foreign ones on a shared stream, which are judged only for their order. */
export const ownPlaces = (view: View) => {
  const own = new Set([
    ...view.attempts.flatMap(({ place }) => place?.name ?? []),
    ...view.reads.filter(({ id }) => id !== undefined).map(({ place }) => place.name),
  ]);
  return allPlaces(view).filter(({ name }) => view.head.stream?.shared !== true || own.has(name));
};
