import { Names } from '../lib/names.ts';
import { itemBit, type LineColumns } from '../model/line-columns.ts';
import type { OpenPut, Placed } from './state.ts';

export type HotNames = {
  readonly put: (hot: LineColumns) => OpenPut;
  readonly results: (hot: LineColumns) => readonly Placed[];
};

/** Puts and answers that were scanned into columns, with the few fields that headroom needs. */
export const hotNames = (): HotNames => {
  const names = new Names();
  const texts: string[] = [];
  const nameOf = (hot: LineColumns, item: number): string => {
    const id = names.idAt(hot.source.words, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0);
    return (texts[id] ??= names.name(id));
  };
  return {
    put: (hot) => ({
      op: hot.op,
      ...(hot.carriers === undefined ? {} : { parts: hot.carriers }),
      entries: listOf(hot.count, (item) => ({
        key: nameOf(hot, item),
        ...(hot.hasAll(item, itemBit.size) ? { bytes: hot.size[item] ?? 0 } : {}),
        ...(hot.hasAll(item, itemBit.sub) ? { part: hot.sub[item] ?? 0 } : {}),
      })),
    }),
    results: (hot) => listOf(hot.count, (item) => ({ shard: nameOf(hot, item) })),
  };
};

const listOf = <T>(count: number, make: (item: number) => T): readonly T[] => {
  const list: T[] = [];
  for (let item = 0; item < count; item += 1) list.push(make(item));
  return list;
};
