import { expect, test } from 'vitest';
import { kinesalite } from './kinesalite.ts';
import { kinesisLocal } from './kinesis-local.ts';
import { slownessOf } from './probe.ts';

test.each([
  [0.5, 1],
  [7, 1],
  [14, 2],
  [70, 10],
  [2000, 10],
])('a target that answers in %d ms multiplies deadlines by %d', (putMs, factor) => {
  expect(slownessOf(putMs)).toBe(factor);
});

test.each([
  ['kinesis-local', kinesisLocal, true],
  ['kinesalite', kinesalite, false],
])('%s has enhanced fan-out, or not', { timeout: 120_000 }, async (_, engine, isThere) => {
  const target = await engine.start({ region: 'us-east-1', cacheFolder: '.cache' });
  expect(target.capabilities.subscribeToShard).toBe(isThere);
  await target.stop();
});
