import { type HotLine, none } from '../model/hot-line.ts';
import { limbsPer } from '../model/sequences.ts';
import { ascii, type Cursor } from './scan-values.ts';

/** What a field of an item holds, and by that which column takes it. Its bit tells that it was met: one that stands twice is not the plain form. */
const what = { name: 0, number: 1, n: 2, digest: 3, size: 4, producer: 5, arrival: 6, idKey: 7, other: 8 } as const;

export type ItemKind = {
  readonly names: readonly Uint8Array[];
  readonly what: Uint8Array;
  /** Bits of `what` that every item must have. */
  readonly needs: number;
};

const kind = (fields: Readonly<Record<string, number>>, needs: readonly number[]): ItemKind => ({
  names: Object.keys(fields).map(ascii),
  what: Uint8Array.from(Object.values(fields)),
  needs: needs.reduce((bits, need) => bits | (1 << need), 0),
});

/** `other`: judged otherwise than the plain form, and left to the plain decoder. */
export const entryItems = kind(
  {
    key: what.name,
    n: what.n,
    digest: what.digest,
    bytes: what.size,
    after: what.number,
    hash: what.other,
    part: what.other,
  },
  [what.name],
);

export const resultItems = kind({ shard: what.name, seq: what.number, sub: what.other, error: what.other }, [
  what.name,
  what.number,
]);

export const recordItems = kind(
  {
    seq: what.number,
    key: what.name,
    producer: what.producer,
    n: what.n,
    digest: what.digest,
    bytes: what.size,
    arrival: what.arrival,
    idKey: what.idKey,
    sub: what.other,
  },
  [what.number],
);

/** Reads the value of a field into its column. */
const takeValue = (cursor: Cursor, line: HotLine, field: number): boolean => {
  const item = line.count;
  switch (field) {
    case what.name:
      if (!cursor.takeText()) return false;
      line.nameStart[item] = cursor.start;
      line.nameEnd[item] = cursor.stop;
      return true;
    case what.number:
      line.hasNumber[item] = 1;
      return cursor.takeSequence(line.limbs, item * limbsPer);
    case what.n:
      if (!cursor.takeWhole()) return false;
      line.n[item] = cursor.number;
      return true;
    case what.digest:
      if (!cursor.takeDigest()) return false;
      line.hasDigest[item] = 1;
      line.digestHigh[item] = cursor.high;
      line.digestLow[item] = cursor.low;
      return true;
    case what.size:
      if (!cursor.takeWhole()) return false;
      line.size[item] = cursor.number;
      return true;
    case what.producer:
      if (!cursor.takeText()) return false;
      line.producerStart[item] = cursor.start;
      line.producerEnd[item] = cursor.stop;
      return true;
    case what.arrival:
      if (!cursor.takeWhole()) return false;
      line.arrival[item] = cursor.number;
      return true;
    case what.idKey:
      if (!cursor.takeText()) return false;
      line.idKeyStart[item] = cursor.start;
      line.idKeyEnd[item] = cursor.stop;
      return true;
    default:
      return false;
  }
};

const brace = { open: 0x7b, close: 0x7d } as const;
const bracket = { open: 0x5b, close: 0x5d } as const;
const comma = 0x2c;
const colon = 0x3a;

/** A list of items of one kind: fills the columns of `line`. */
export const takeItems = (cursor: Cursor, line: HotLine, kind: ItemKind): boolean => {
  line.count = 0;
  if (!cursor.take(bracket.open)) return false;
  if (cursor.take(bracket.close)) return true;
  for (;;) {
    if (line.count === line.capacity) line.grow(line.capacity * 2);
    if (!takeItem(cursor, line, kind)) return false;
    line.count += 1;
    if (cursor.take(comma)) continue;
    return cursor.take(bracket.close);
  }
};

const takeItem = (cursor: Cursor, line: HotLine, { names, what: fields, needs }: ItemKind): boolean => {
  clear(line, line.count);
  if (!cursor.take(brace.open)) return false;
  let met = 0;
  // Items of one list have their fields in one order, so the one after the last is tried first.
  let next = 0;
  for (;;) {
    if (!cursor.takeText()) return false;
    const at = fieldOf(cursor, names, next);
    if (!cursor.take(colon)) return false;
    if (at < 0) {
      if (!cursor.skip()) return false;
    } else {
      const field = fields[at] ?? 0;
      if ((met & (1 << field)) !== 0 || !takeValue(cursor, line, field)) return false;
      met |= 1 << field;
      next = at + 1;
    }
    if (cursor.take(comma)) continue;
    return cursor.take(brace.close) && (met & needs) === needs;
  }
};

const fieldOf = (cursor: Cursor, names: readonly Uint8Array[], next: number): number => {
  for (let at = next; at < names.length; at += 1) if (cursor.is(names[at] as Uint8Array)) return at;
  for (let at = 0; at < next; at += 1) if (cursor.is(names[at] as Uint8Array)) return at;
  return -1;
};

const clear = (line: HotLine, item: number): void => {
  line.nameStart[item] = none;
  line.idKeyStart[item] = none;
  line.producerStart[item] = none;
  line.n[item] = none;
  line.hasNumber[item] = 0;
  line.hasDigest[item] = 0;
  line.size[item] = none;
  line.arrival[item] = Number.NaN;
};
