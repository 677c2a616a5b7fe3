import type { Random } from '../lib/random.ts';

/** Yields items in a seeded order, drawn one by one, because most of them are never needed. */
export function* shuffled<T>(items: readonly T[], random: Random): Generator<T, undefined> {
  const moved = new Map<number, number>();
  for (let index = 0; index < items.length; index += 1) {
    const drawn = random.int(index, items.length - 1);
    const item = items[moved.get(drawn) ?? drawn];
    moved.set(drawn, moved.get(index) ?? index);
    if (item !== undefined) yield item;
  }
  return undefined;
}
