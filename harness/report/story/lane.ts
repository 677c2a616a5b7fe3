import { none, outcomes, type Trace } from '../trace/trace.ts';

/**
 * One attempt to store a record. `refused`: surely not stored; `unknown`: possibly stored. `place` is -1 unless
 * stored.
 */
export type Attempt = {
  readonly entry: number;
  readonly call: number;
  readonly place: number;
  readonly outcome: 'stored' | 'refused' | 'unknown';
  /** Index into the names of errors. */
  readonly error: number;
};

export type Delivery = { readonly delivery: number; readonly page: number; readonly place: number };

/** Everything that a history has about one record. */
export type LaneRecord = {
  readonly flow: number;
  /** -1 if it has no number. */
  readonly n: number;
  readonly attempts: readonly Attempt[];
  /** Where it was acknowledged or read, in consumption order. */
  readonly places: readonly number[];
  readonly deliveries: readonly Delivery[];
};

/** Refused by the service, so surely not stored. Source: the contract, 1. */
const throttled = 'ProvisionedThroughputExceededException';

/** The index of the call of an entry, or of the page of a delivery: the last one that begins at or before it. */
export const ownerOf = (first: Int32Array, item: number): number => {
  let [low, high] = [0, first.length - 2];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((first[middle] ?? 0) <= item) low = middle;
    else high = middle - 1;
  }
  return low;
};

export const attemptOf = (trace: Trace, entry: number): Attempt => {
  const { calls, entries } = trace;
  const call = ownerOf(calls.first, entry);
  const place = entries.place[entry] ?? none;
  const own = entries.error[entry] ?? none;
  const error = own < 0 ? (calls.error[call] ?? none) : own;
  const outcome = outcomes[calls.outcome[call] ?? 0];
  const isRefused = outcome === 'fail' || (outcome === 'ok' && trace.names.errors[own] === throttled);
  return { entry, call, place, error, outcome: place >= 0 ? 'stored' : isRefused ? 'refused' : 'unknown' };
};

/**
 * The flow and number of a delivery: from the record itself, otherwise from the entry that was acknowledged at its
 * place. Both are -1 if unknown.
 */
export const identityOf = (trace: Trace, delivery: number): { readonly flow: number; readonly n: number } => {
  const { deliveries, places } = trace;
  const flow = deliveries.flow[delivery] ?? none;
  if (flow >= 0) return { flow, n: deliveries.n[delivery] ?? none };
  const entry = places.entry[deliveries.place[delivery] ?? 0] ?? none;
  return ofEntry(trace, entry);
};

/** Sentinels have a number and belong to no flow. */
const ofEntry = ({ entries }: Trace, entry: number): { readonly flow: number; readonly n: number } => {
  const flow = entry < 0 ? none : (entries.flow[entry] ?? none);
  return flow < 0 ? { flow: none, n: none } : { flow, n: entries.n[entry] ?? none };
};

type Open = {
  readonly flow: number;
  readonly n: number;
  attempts: Attempt[];
  places: Set<number>;
  deliveries: Delivery[];
};

/** Entries and deliveries, by flow. One pass over all records serves any number of flows. */
export type LaneIndex = ReadonlyMap<number, { readonly entries: number[]; readonly deliveries: number[] }>;

export const laneIndex = (trace: Trace, flows: ReadonlySet<number>): LaneIndex => {
  const index = new Map([...flows].map((flow) => [flow, { entries: [] as number[], deliveries: [] as number[] }]));
  const { entries, deliveries } = trace;
  for (let entry = 0; entry < entries.flow.length; entry += 1)
    index.get(entries.flow[entry] ?? none)?.entries.push(entry);
  for (let delivery = 0; delivery < deliveries.place.length; delivery += 1)
    index.get(identityOf(trace, delivery).flow)?.deliveries.push(delivery);
  return index;
};

/**
 * The records of some flows in the order of the application: by number; those without one by their first occurrence.
 */
export const lanesOf = (
  trace: Trace,
  flows: ReadonlySet<number>,
  index: LaneIndex = laneIndex(trace, flows),
): readonly LaneRecord[] => {
  const records = new Map<string, Open>();
  const recordOf = (flow: number, n: number, place: number): Open => {
    const name = n >= 0 ? `${flow} ${n}` : `at ${place}`;
    const known = records.get(name);
    if (known !== undefined) return known;
    const made: Open = { flow, n, attempts: [], places: new Set(), deliveries: [] };
    records.set(name, made);
    return made;
  };
  for (const flow of flows) {
    for (const entry of index.get(flow)?.entries ?? []) {
      const attempt = attemptOf(trace, entry);
      const record = recordOf(flow, trace.entries.n[entry] ?? none, attempt.place < 0 ? -2 - entry : attempt.place);
      record.attempts.push(attempt);
      if (attempt.place >= 0) record.places.add(attempt.place);
    }
    for (const delivery of index.get(flow)?.deliveries ?? []) {
      const place = trace.deliveries.place[delivery] ?? none;
      const record = recordOf(flow, identityOf(trace, delivery).n, place);
      record.deliveries.push({ delivery, page: ownerOf(trace.pages.first, delivery), place });
      record.places.add(place);
    }
  }
  return [...records.values()]
    .map(({ places, ...record }) => ({ ...record, places: [...places].sort((a, b) => a - b) }))
    .toSorted((a, b) => a.n - b.n || firstOf(a) - firstOf(b));
};

const firstOf = ({ attempts, places }: LaneRecord): number => attempts[0]?.entry ?? 1e9 + (places[0] ?? 0);

/** The records of some places of a shard, whoever wrote them. */
export const recordsAt = (trace: Trace, places: ReadonlySet<number>): readonly LaneRecord[] => {
  const { deliveries } = trace;
  const records = new Map<number, Open>();
  for (const place of places) {
    const entry = trace.places.entry[place] ?? none;
    const { flow, n } = ofEntry(trace, entry);
    const attempts = entry < 0 ? [] : [attemptOf(trace, entry)];
    records.set(place, { flow, n, attempts, places: new Set([place]), deliveries: [] });
  }
  for (let delivery = 0; delivery < deliveries.place.length; delivery += 1) {
    const place = deliveries.place[delivery] ?? none;
    const record = records.get(place);
    if (record === undefined) continue;
    record.deliveries.push({ delivery, page: ownerOf(trace.pages.first, delivery), place });
    if (record.attempts.length > 0 || record.flow >= 0) continue;
    records.set(place, { ...record, ...identityOf(trace, delivery) });
  }
  return [...records].toSorted(([a], [b]) => a - b).map(([, record]) => ({ ...record, places: [...record.places] }));
};
