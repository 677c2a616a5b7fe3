/** The part of each component, from 0. Greedy: the largest component first, each to the smallest part so far. */
export const packed = (weights: ReadonlyMap<number, number>, parts: number): ReadonlyMap<number, number> => {
  const loads = Array.from({ length: parts }, () => 0);
  const heaviestFirst = [...weights].sort(([a, one], [b, other]) => other - one || a - b);
  return new Map(
    heaviestFirst.map(([component, bytes]) => {
      const part = loads.indexOf(Math.min(...loads));
      loads[part] = (loads[part] as number) + bytes;
      return [component, part];
    }),
  );
};
