import { none, type Trace } from '../../trace/trace.ts';

/** The records of one key that one call stored: a tick on the line of the key. */
export type Tick = {
  readonly t: number;
  readonly y: number;
  readonly key: number;
  readonly count: number;
  readonly line: number;
  /** The numbers of at most `nsMax` records, in the order of the call. */
  readonly ns: readonly number[];
  readonly shard: number;
};

/** Refused records, and those of unknown outcome. */
export type Refusal = {
  readonly t: number;
  readonly y: number;
  readonly key: number;
  readonly n: number;
  readonly line: number;
};

export type Ticks = { readonly ticks: readonly Tick[]; readonly refusals: readonly Refusal[] };

const nsMax = 12;

/** The ticks of a time range. Undefined if there are more than `max`: the map then shows bins. */
export const ticksOf = (trace: Trace, [from, to]: readonly [number, number], max: number): Ticks | undefined => {
  const { calls } = trace;
  const ticks: Tick[] = [];
  const refusals: Refusal[] = [];
  for (let call = 0; call < calls.t.length; call += 1) {
    const t = calls.ackT[call] ?? none;
    if (calls.api[call] === 2 || t < from || t > to) continue;
    addCall(trace, call, ticks, refusals);
    if (ticks.length + refusals.length > max) return undefined;
  }
  return { ticks, refusals };
};

type OpenTick = { -readonly [Field in keyof Tick]: Tick[Field] } & { ns: number[] };

/** One tick for each key and hash key of a call, and a cross for each record that it did not store. */
const addCall = (
  { calls, entries, keyHash, places }: Trace,
  call: number,
  ticks: Tick[],
  refusals: Refusal[],
): void => {
  const [t, line] = [calls.ackT[call] ?? none, calls.ackLine[call] ?? 0];
  const own = new Map<string, OpenTick>();
  for (let entry = calls.first[call] ?? 0; entry < (calls.first[call + 1] ?? 0); entry += 1) {
    const key = entries.key[entry] ?? none;
    const hash = entries.hash[entry] ?? none;
    const y = hash >= 0 ? hash : (keyHash[key] ?? 0);
    const n = entries.n[entry] ?? none;
    const place = entries.place[entry] ?? none;
    if (place < 0) {
      refusals.push({ t, y, key, n, line });
      continue;
    }
    const known = own.get(`${key} ${y}`) ?? { t, y, key, count: 0, line, ns: [], shard: places.shard[place] ?? none };
    known.count += 1;
    if (known.ns.length < nsMax) known.ns.push(n);
    own.set(`${key} ${y}`, known);
  }
  ticks.push(...own.values());
};

export type Bar = { readonly from: number; readonly to: number; readonly line: number; readonly isWhole: boolean };

/** Bars of calls, from sending to answer. Undefined if there are more than `max`. */
export const barsOf = (
  { calls, entries }: Trace,
  [from, to]: readonly [number, number],
  max: number,
): readonly Bar[] | undefined => {
  const bars: Bar[] = [];
  for (let call = 0; call < calls.t.length; call += 1) {
    const answered = calls.ackT[call] ?? none;
    const sent = calls.t[call] ?? 0;
    if (calls.api[call] === 2 || answered < from || sent > to || answered < 0) continue;
    let isWhole = true;
    for (let entry = calls.first[call] ?? 0; entry < (calls.first[call + 1] ?? 0); entry += 1)
      isWhole &&= (entries.place[entry] ?? none) >= 0;
    bars.push({ from: sent, to: answered, line: calls.line[call] ?? 0, isWhole });
    if (bars.length > max) return undefined;
  }
  return bars;
};

/**
 * Counts the acknowledged records of a time range by time and hash key. The bins in the file are too wide for a part
 * of the map.
 */
export const binsOf = (
  trace: Trace,
  [from, to]: readonly [number, number],
  bins: number,
  rows: number,
): { readonly counts: Float64Array; readonly most: number } => {
  const { calls, entries, keyHash } = trace;
  const counts = new Float64Array(bins * rows);
  const span = Math.max(1, to - from);
  let most = 0;
  for (let call = 0; call < calls.t.length; call += 1) {
    const t = calls.ackT[call] ?? none;
    if (calls.api[call] === 2 || t < from || t > to) continue;
    const bin = Math.min(bins - 1, Math.floor(((t - from) / span) * bins));
    for (let entry = calls.first[call] ?? 0; entry < (calls.first[call + 1] ?? 0); entry += 1) {
      if ((entries.place[entry] ?? none) < 0) continue;
      const hash = entries.hash[entry] ?? none;
      const y = hash >= 0 ? hash : (keyHash[entries.key[entry] ?? none] ?? 0);
      const at = bin * rows + Math.min(rows - 1, Math.floor(y * rows));
      counts[at] = (counts[at] ?? 0) + 1;
      most = Math.max(most, counts[at] ?? 0);
    }
  }
  return { counts, most };
};
