import { ByteNames } from '../lib/byte-names.ts';
import { Interner } from '../lib/interner.ts';
import type { HotLine } from '../model/hot-line.ts';
import type { OpenPut, Placed } from './headroom-state.ts';

export type HotNames = {
  readonly put: (hot: HotLine) => OpenPut;
  readonly results: (hot: HotLine) => readonly Placed[];
};

/** Puts and answers that were scanned from their bytes, with the few fields that the headroom asks for. */
export const hotNames = (): HotNames => {
  const texts = new Interner();
  const names = new ByteNames(texts);
  const nameOf = (hot: HotLine, item: number): string =>
    texts.name(names.id(hot.bytes, hot.nameStart[item] ?? 0, hot.nameEnd[item] ?? 0));
  return {
    put: (hot) => ({
      op: hot.op,
      entries: listOf(hot.count, (item) => {
        const size = hot.size[item] ?? -1;
        return size < 0 ? { key: nameOf(hot, item) } : { key: nameOf(hot, item), bytes: size };
      }),
    }),
    results: (hot) => listOf(hot.count, (item) => ({ shard: nameOf(hot, item) })),
  };
};

const listOf = <T>(count: number, make: (item: number) => T): readonly T[] => {
  const list: T[] = [];
  for (let item = 0; item < count; item += 1) list.push(make(item));
  return list;
};
