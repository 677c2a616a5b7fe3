import { expect, test } from 'vitest';
import { digestOf } from '../model/digest.ts';
import { orderIds } from './order-ids.ts';

const producers = 8200;
const sampled = [0, 1, 8191, 8192, 8193, producers - 1];

test('a place leads to its producer, also among thousands of them', () => {
  const ids = orderIds(undefined);
  const recordOf = (index: number) => {
    const data = Buffer.from(String(index));
    return { key: 'k', data, digest: digestOf(data) };
  };
  const placeOf = (index: number) => ({ shard: 's', seq: String(index + 1) });
  for (let index = 0; index < producers; index += 1) {
    const record = recordOf(index);
    ids.send(`p${index}`, [record], undefined).answered(['acked'], [placeOf(index)]);
  }
  const read = sampled.map((index) => ids.read({ ...placeOf(index), ...recordOf(index) }));
  expect(read).toEqual(sampled.map((index) => ({ producer: `p${index}`, n: 0 })));
});
