import { fc, test } from '@fast-check/vitest';
import { expect } from 'vitest';
import { shardProgress } from './shard-progress.ts';

test.prop([fc.uniqueArray(fc.nat({ max: 40 }), { minLength: 1 }), fc.nat({ max: 40 })])(
  'a checkpoint never passes an open record, and is always as high as possible',
  (order, read) => {
    const progress = shardProgress();
    for (let seq = 0; seq <= 40; seq += 1) progress.read(String(seq));
    const settled = new Set<number>();
    let checkpoint = -1;
    for (const seq of order.slice(0, read)) {
      settled.add(seq);
      const reached = progress.settle([String(seq)]);
      const expected = Array.from({ length: 41 }, (_, i) => i).findIndex((i) => !settled.has(i));
      const last = expected < 0 ? 40 : expected - 1;
      expect(reached).toBe(last > checkpoint ? String(last) : undefined);
      checkpoint = last;
      expect(progress.open()).toBe(41 - settled.size);
    }
  },
);

test('entries below the checkpoint are dropped, and the checkpoint still advances', () => {
  const progress = shardProgress();
  for (let seq = 0; seq < 5000; seq += 1) {
    progress.read(String(seq));
    expect(progress.settle([String(seq)])).toBe(String(seq));
  }
  expect(progress.open()).toBe(0);
});
