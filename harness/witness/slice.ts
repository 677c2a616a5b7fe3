import type { HistoryLine } from '../model/event.ts';
import { orderedBy } from '../model/ordered-by.ts';
import { identityOfEntry, identityOfRead, itemsOf } from './sketch.ts';

/** The records of a history that a finding is about, as far as its evidence and its witness lines name them. */
export type Slice = {
  readonly isAll: boolean;
  readonly identities: ReadonlySet<string>;
  readonly keys: ReadonlySet<string>;
  /** Sequence numbers without leading zeros. */
  readonly numbers: ReadonlySet<string>;
  /** HistoryLine numbers, from 1. */
  readonly witness: ReadonlySet<number>;
};

/**
 * A witness line with at most this many items names all of them; a longer one only those of the finding's key and
 * numbers.
 */
const itemsMax = 64;

/**
 * Returns three slices, from the few records that a finding names up to all records. The first slice that shows the
 * finding again is enough.
 */
export const slicesOf = (
  witness: ReadonlyMap<number, HistoryLine>,
  evidence: unknown,
  key: string | null,
): readonly Slice[] => {
  const found = new Gathering(numbersIn(evidence), key);
  for (const line of witness.values()) found.take(line);
  const { identities, keys, numbers } = found;
  const base = { identities, numbers, witness: new Set(witness.keys()) };
  return [
    { ...base, isAll: false, keys: new Set() },
    { ...base, isAll: false, keys },
    { ...base, isAll: true, keys },
  ];
};

class Gathering {
  readonly identities = new Set<string>();
  readonly keys: Set<string>;
  readonly numbers: Set<string>;
  readonly #puts = new Map<number, Extract<HistoryLine, { type: 'put' }>>();

  constructor(numbers: readonly string[], key: string | null) {
    this.numbers = new Set(numbers);
    this.keys = new Set(key === null ? [] : [key]);
  }

  take(line: HistoryLine): void {
    const isShort = itemsOf(line).length <= itemsMax;
    if (line.type === 'put') {
      this.#puts.set(line.op, line);
      for (const entry of line.entries)
        if (isShort || isAmong(this.keys, entry)) this.#note(identityOfEntry(line.producer, entry), orderedBy(entry));
    } else if (line.type === 'page') {
      for (const record of line.records ?? [])
        if (isShort || this.numbers.has(canonical(record.seq))) this.#note(identityOfRead(record), orderedBy(record));
    } else if (line.type === 'ack') this.#takeAck(line);
  }

  #takeAck({ op, results }: Extract<HistoryLine, { type: 'ack' }>): void {
    const put = this.#puts.get(op);
    for (const [item, result] of (results ?? []).entries()) {
      const entry = put?.entries[item];
      if (entry === undefined || !('seq' in result) || !this.numbers.has(canonical(result.seq))) continue;
      this.#note(identityOfEntry(put?.producer, entry), orderedBy(entry));
    }
  }

  #note(identity: string | undefined, key: string | undefined): void {
    if (identity !== undefined) this.identities.add(identity);
    if (key !== undefined) this.keys.add(key);
  }
}

type Keyed = { readonly key: string; readonly flow?: string | undefined };

/** A finding names the partition key or the flow. */
const isAmong = (names: ReadonlySet<string>, { key, flow }: Keyed): boolean =>
  names.has(key) || (flow !== undefined && names.has(flow));

const canonical = (seq: string): string => seq.replace(/^0+(?=\d)/, '');

/** Every decimal number that is a text somewhere in the evidence. */
const numbersIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return /^\d{1,129}$/.test(value) ? [canonical(value)] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(numbersIn);
};

/** Which items of a put or a page a slice selects. */
export const isInSlice = (slice: Slice, line: HistoryLine, item: number): boolean => {
  if (slice.isAll) return true;
  if (line.type === 'put') {
    const entry = line.entries[item];
    if (entry === undefined) return false;
    const identity = identityOfEntry(line.producer, entry);
    return isAmong(slice.keys, entry) || (identity !== undefined && slice.identities.has(identity));
  }
  const record = line.type === 'page' ? line.records?.[item] : undefined;
  if (record === undefined) return false;
  const identity = identityOfRead(record);
  return (
    isAmong(slice.keys, { key: record.idKey ?? record.key ?? '', flow: record.flow }) ||
    slice.numbers.has(canonical(record.seq)) ||
    (identity !== undefined && slice.identities.has(identity))
  );
};
