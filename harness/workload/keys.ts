import type { Random } from '../lib/random.ts';
import { hashKeyOf } from '../model/hash-key.ts';

const strataMax = 64;
const triesMax = 100_000;

/**
 * Returns partition keys spread over the full range of hash keys: the i-th key falls into the i-th of up to 64 equal
 * parts. So any split, merge or new shard count moves some of them; a few random names would not guarantee that.
 * Further keys may fall anywhere.
 */
export const spreadKeys = (count: number, prefix: string, random: Random): readonly string[] => {
  const strata = Math.min(count, strataMax);
  const width = (1n << 128n) / BigInt(strata);
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    for (let tries = 0; tries < triesMax; tries += 1) {
      const name = `${prefix}${random.int(0, 0xffffff).toString(36)}`;
      if (taken.has(name) || (index < strata && !isIn(name, BigInt(index) * width, width))) continue;
      taken.add(name);
      return name;
    }
    return `${prefix}${index}`;
  });
};

const isIn = (name: string, low: bigint, width: bigint): boolean => {
  const hash = hashKeyOf(name);
  return hash >= low && hash < low + width;
};
