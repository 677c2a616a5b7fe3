import { type HotLine, none } from '../model/hot-line.ts';
import { limbsPer } from '../model/sequences.ts';
import { ascii, type Cursor } from './scan-values.ts';

/** What a field of an item holds, and by that which column takes it. Its bit tells that it was met: one that stands twice is not the plain form. */
const what = {
  name: 0,
  number: 1,
  n: 2,
  digest: 3,
  size: 4,
  producer: 5,
  arrival: 6,
  idKey: 7,
  other: 8,
  skipped: 9,
} as const;

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
    case what.skipped:
      return cursor.skip();
    default:
      return false;
  }
};

const brace = { open: 0x7b, close: 0x7d } as const;
const bracket = { open: 0x5b, close: 0x5d } as const;
const comma = 0x2c;
const colon = 0x3a;

/** How the items of a list were written so far: the bytes before each value, and what the value is. */
type Layout = { readonly literals: readonly Uint8Array[]; readonly what: readonly number[] };

/** Reads lists of items of one kind. Whoever writes a history writes all items alike, so the bytes between the values of the last item are tried before they are read. */
export class ItemReader {
  readonly #kind: ItemKind;
  #layout: Layout | undefined;

  constructor(kind: ItemKind) {
    this.#kind = kind;
  }

  /** A list of items: fills the columns of `line`. */
  takeAll(cursor: Cursor, line: HotLine): boolean {
    line.count = 0;
    if (!cursor.take(bracket.open)) return false;
    if (cursor.take(bracket.close)) return true;
    for (;;) {
      if (line.count === line.capacity) line.grow(line.capacity * 2);
      clear(line, line.count);
      if (!this.#takeAlike(cursor, line) && !this.#takeItem(cursor, line)) return false;
      line.count += 1;
      if (cursor.take(comma)) continue;
      return cursor.take(bracket.close);
    }
  }

  /** An item that is written like the one before; false leaves the cursor where it was. */
  #takeAlike(cursor: Cursor, line: HotLine): boolean {
    if (this.#layout === undefined) return false;
    const { literals, what: fields } = this.#layout;
    const start = cursor.at;
    for (let at = 0; at < literals.length; at += 1) {
      const isTaken =
        cursor.takeLiteral(literals[at] as Uint8Array) &&
        (at === fields.length || takeValue(cursor, line, fields[at] ?? what.other));
      if (isTaken) continue;
      cursor.at = start;
      clear(line, line.count);
      return false;
    }
    return true;
  }

  #takeItem(cursor: Cursor, line: HotLine): boolean {
    const { names, what: fields, needs } = this.#kind;
    const literals: Uint8Array[] = [];
    const layout: number[] = [];
    let before = cursor.at;
    if (!cursor.take(brace.open)) return false;
    let met = 0;
    for (;;) {
      if (!cursor.takeText()) return false;
      const at = names.findIndex((name) => cursor.is(name));
      if (!cursor.take(colon)) return false;
      literals.push(cursor.bytes.slice(before, cursor.at));
      const field = at < 0 ? what.skipped : (fields[at] ?? what.other);
      layout.push(field);
      if (field !== what.skipped && (met & (1 << field)) !== 0) return false;
      if (!takeValue(cursor, line, field)) return false;
      met |= 1 << field;
      before = cursor.at;
      if (cursor.take(comma)) continue;
      if (!cursor.take(brace.close) || (met & needs) !== needs) return false;
      literals.push(cursor.bytes.slice(before, cursor.at));
      this.#layout = { literals, what: layout };
      return true;
    }
  }
}

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
