import { describe, expect, test } from 'vitest';
import { lotsOf } from './draw-lots.ts';
import { legalFaults } from './registry.ts';

const seeds = Array.from({ length: 200 }, (_, seed) => `${seed}/adversary/1`);
const typesOf = (faults: typeof legalFaults, seed: string): readonly string[] =>
  lotsOf(faults, seed).map(({ fault }) => fault.type);

describe('lotsOf', () => {
  test('the order of the faults changes nothing', () => {
    for (const seed of seeds.slice(0, 40))
      expect(typesOf(legalFaults.toReversed(), seed)).toEqual(typesOf(legalFaults, seed));
  });

  test('another fault changes nothing between the others', () => {
    const others = legalFaults.slice(1);
    const added = legalFaults[0]?.type;
    for (const seed of seeds.slice(0, 40))
      expect(typesOf(legalFaults, seed).filter((type) => type !== added)).toEqual(typesOf(others, seed));
  });

  test('each fault comes first for some seed, and about as often as the others', () => {
    const firsts = seeds.map((seed) => typesOf(legalFaults.slice(0, 4), seed)[0]);
    for (const { type } of legalFaults.slice(0, 4)) {
      expect(firsts.filter((first) => first === type).length).toBeGreaterThan(seeds.length / 8);
    }
  });
});
