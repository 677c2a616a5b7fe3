import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { seededRandom } from '../../lib/random.ts';
import { Service } from '../../testing/generators/service.ts';
import { apply } from './apply.ts';
import { readLineage } from './lineage.ts';
import { Tables } from './tables.ts';

const lineageOf = (seed: number, reshards: number): ReturnType<typeof readLineage> => {
  const service = new Service(seededRandom(String(seed)), 2);
  for (let step = 0; step < reshards; step += 1) service.reshard();
  const tables = new Tables();
  apply(tables, { type: 'head', format: 'kinesis-order-history', version: 1, run: 'r' }, 1);
  apply(tables, { t: 1, type: 'topology', status: 'ACTIVE', shards: service.list() }, 2);
  return readLineage(tables);
};

describe('lineage', () => {
  test.prop([fc.nat(), fc.nat({ max: 12 })])(
    'is a partial order: irreflexive, asymmetric, transitive',
    (seed, reshards) => {
      const lineage = lineageOf(seed, reshards);
      const ids = lineage.shards.map((_, id) => id);
      for (const a of ids) {
        expect(lineage.isAncestor(a, a)).toBe(false);
        for (const b of ids) {
          if (!lineage.isAncestor(a, b)) continue;
          expect(lineage.isAncestor(b, a)).toBe(false);
          for (const c of ids) if (lineage.isAncestor(b, c)) expect(lineage.isAncestor(a, c)).toBe(true);
        }
      }
    },
  );

  test.prop([fc.nat(), fc.nat({ max: 12 })])('puts parents before children in consumption order', (seed, reshards) => {
    const lineage = lineageOf(seed, reshards);
    const order = lineage.inConsumptionOrder(lineage.shards.map((_, id) => id));
    const place = new Map(order.map((shard, index) => [shard, index]));
    lineage.shards.forEach(({ parents }, child) => {
      for (const parent of parents) expect(place.get(parent)).toBeLessThan(place.get(child) ?? -1);
    });
  });
});
