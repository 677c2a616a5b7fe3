import { itemBit, itemField, type LineColumns } from '../model/line-columns.ts';
import { limbsPer } from '../model/sequences.ts';
import { atEnd, type Layout, Layouts, layoutOf } from './layout.ts';
import {
  ascii,
  behindSpace,
  isWord,
  quote,
  takeAny,
  takeDigest,
  takeHashKey,
  takeSequence,
  takeText,
  takeWhole,
  whole,
} from './scan-values.ts';

/**
 * What a field of an item is. Besides the fields with a column: `other` is outside the plain form, so the line is left
 * to JSON.parse; `moment` is checked and not kept; `skipped` is unknown.
 */
const what = { ...itemField, other: 10, skipped: 11, moment: 12 } as const;

export type ItemKind = {
  readonly names: readonly Uint8Array[];
  readonly what: Uint8Array;
  /** Bits that every item must have. */
  readonly needs: number;
};

const kind = (fields: Readonly<Record<string, number>>, needs: number): ItemKind => ({
  names: Object.keys(fields).map(ascii),
  what: Uint8Array.from(Object.values(fields)),
  needs,
});

export const entryItems = kind(
  {
    key: what.name,
    n: what.n,
    digest: what.digest,
    bytes: what.size,
    after: what.number,
    hash: what.hash,
    due: what.moment,
    part: what.sub,
    flow: what.other,
    producer: what.other,
  },
  itemBit.name,
);

export const resultItems = kind(
  { shard: what.name, seq: what.number, sub: what.sub, error: what.other },
  itemBit.name | itemBit.number,
);

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
    sub: what.sub,
    flow: what.other,
  },
  itemBit.number,
);

/** The Kinesis records that carry user records. */
export const partItems = kind({ key: what.name, hash: what.hash }, itemBit.name);

const brace = { open: 0x7b, close: 0x7d } as const;
const bracket = { open: 0x5b, close: 0x5d } as const;
const comma = 0x2c;
const colon = 0x3a;

const takeSub = (line: LineColumns, at: number, item: number): number => {
  const end = takeWhole(line.source, at);
  line.sub[item] = whole[0] as number;
  line.subMax = Math.max(line.subMax, whole[0] as number);
  return end;
};

/** Reads lists of items of one kind. */
export class ItemReader {
  readonly #kind: ItemKind;
  /** Each layout with the bits of the fields that its items have. */
  readonly #layouts = new Layouts<number>();

  constructor(kind: ItemKind) {
    this.#kind = kind;
  }

  /**
   * Reads a list of items into the columns of `line`. Returns the index behind the list; -1: not in the plain form.
   */
  takeAll(line: LineColumns, start: number): number {
    const { source } = line;
    const { bytes } = source;
    line.count = 0;
    line.subMax = -1;
    if (bytes[start] !== bracket.open) return -1;
    let at = behindSpace(source, start + 1);
    if (bytes[at] === bracket.close) return at + 1;
    for (;;) {
      if (line.count === line.capacity) line.grow(line.capacity * 2);
      at = this.#takeItem(line, at);
      if (at < 0) return -1;
      line.count += 1;
      // Fast path: the comma is usually right behind the item.
      if (bytes[at] !== comma) {
        at = behindSpace(source, at);
        if (bytes[at] === bracket.close) return at + 1;
        if (bytes[at] !== comma) return -1;
      }
      at += 1;
      if (bytes[at] !== brace.open) at = behindSpace(source, at);
    }
  }

  #takeItem(line: LineColumns, at: number): number {
    const end = this.#takeLast(line, at);
    return end >= 0 ? end : this.#takeOther(line, at);
  }

  /** Tries the layout that fitted last. */
  #takeLast(line: LineColumns, at: number): number {
    const { known, last } = this.#layouts;
    const guess = known[last];
    if (guess === undefined) return -1;
    line.has[line.count] = guess.told;
    return this.#takeAs(guess.layout, line, at);
  }

  /** Tries the other known layouts, then learns a new one. */
  #takeOther(line: LineColumns, at: number): number {
    const layouts = this.#layouts;
    const { last } = layouts;
    for (let index = 0; index < layouts.known.length; index += 1) {
      if (index === last) continue;
      layouts.last = index;
      const end = this.#takeLast(line, at);
      if (end >= 0) return end;
    }
    layouts.last = last;
    return this.#learn(line, at) ? this.#takeLast(line, at) : -1;
  }

  /**
   * Reads an item of this layout. Returns the index behind it; -1: another layout. One long function, since it runs
   * three times a record.
   */
  #takeAs(layout: Layout, line: LineColumns, start: number): number {
    const { source, count: item } = line;
    const { bytes, words } = source;
    let at = start;
    for (let step = 0; ; step += 1) {
      for (let count = layout[step] as number; count > 0; count -= 1, at += 4) {
        step += 1;
        if (words.getInt32(at, true) !== layout[step]) return -1;
      }
      if ((words.getInt32(at, true) & (layout[step + 1] as number)) !== layout[step + 2]) return -1;
      at += layout[step + 3] as number;
      step += 4;
      switch (layout[step]) {
        case what.name:
          if (bytes[at] !== quote) return -1;
          line.nameStart[item] = at + 1;
          at = takeText(source, at + 1);
          line.nameEnd[item] = at - 1;
          break;
        case what.number:
          at = takeSequence(source, at, line.limbs, item * limbsPer);
          break;
        case what.n:
          at = takeWhole(source, at);
          line.n[item] = whole[0] as number;
          break;
        case what.digest:
          at = takeDigest(source, at, line, item);
          break;
        case what.size:
          at = takeWhole(source, at);
          line.size[item] = whole[0] as number;
          break;
        case what.producer:
          if (bytes[at] !== quote) return -1;
          line.producerStart[item] = at + 1;
          at = takeText(source, at + 1);
          line.producerEnd[item] = at - 1;
          break;
        case what.arrival:
          at = takeWhole(source, at);
          line.arrival[item] = whole[0] as number;
          break;
        case what.idKey:
          if (bytes[at] !== quote) return -1;
          line.idKeyStart[item] = at + 1;
          at = takeText(source, at + 1);
          line.idKeyEnd[item] = at - 1;
          break;
        case what.hash:
          line.hashStart[item] = at + 1;
          at = takeHashKey(source, at);
          line.hashEnd[item] = at - 1;
          break;
        case what.moment:
          at = takeWhole(source, at);
          break;
        case what.skipped:
          at = takeAny(source, at);
          break;
        case what.sub:
          at = takeSub(line, at, item);
          break;
        default:
          return layout[step] === atEnd ? at : -1;
      }
      if (at < 0) return -1;
    }
  }

  /** Learns how the item is written, field by field. Returns false if it is not in the plain form. */
  #learn({ source }: LineColumns, start: number): boolean {
    const { names, what: fields, needs } = this.#kind;
    const { bytes } = source;
    const literals: Uint8Array[] = [];
    const layout: number[] = [];
    let [before, has] = [start, 0];
    let at = start;
    if (bytes[at] !== brace.open) return false;
    for (;;) {
      const name = behindSpace(source, at + 1);
      at = bytes[name] === quote ? takeText(source, name + 1) : -1;
      if (at < 0) return false;
      const known = names.findIndex((word) => isWord(source, name + 1, at - 1, word));
      const field = known < 0 ? what.skipped : (fields[known] ?? what.other);
      at = behindSpace(source, at);
      if (bytes[at] !== colon) return false;
      at = behindSpace(source, at + 1);
      literals.push(bytes.slice(before, at));
      layout.push(field);
      const bit = field < what.other ? 1 << field : 0;
      if (field === what.other || (has & bit) !== 0) return false;
      has |= bit;
      at = takeAny(source, at);
      if (at < 0) return false;
      before = at;
      at = behindSpace(source, at);
      if (bytes[at] === comma) continue;
      if (bytes[at] !== brace.close || (has & needs) !== needs) return false;
      literals.push(bytes.slice(before, at + 1));
      this.#layouts.add(layoutOf(literals, layout), has);
      return true;
    }
  }
}
