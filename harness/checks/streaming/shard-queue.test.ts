import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { limbsPer } from '../../model/sequences.ts';
import { rowField, ShardQueue } from './shard-queue.ts';

const limbsOf = (number: number): Int32Array => {
  const limbs = new Int32Array(limbsPer);
  // Of 64 digits.
  limbs[0] = 12_345_678;
  limbs[limbsPer - 1] = number;
  return limbs;
};

/** A record with this number, of which all else says the same. */
const add = (queue: ShardQueue, number: number): string | undefined => {
  queue.append(limbsOf(number), 0);
  for (const field of Object.values(rowField)) queue.ints[queue.at + field] = number + field;
  expect(queue.setTimes(number * 1000, number * 1000 + 7)).toBe(true);
  return queue.settle();
};

const front = (queue: ShardQueue): number | undefined => {
  if (!queue.front()) return undefined;
  const number = queue.ints[queue.at + rowField.n] as number;
  const found = number - rowField.n;
  for (const field of Object.values(rowField)) expect(queue.ints[queue.at + field]).toBe(found + field);
  expect([queue.isAt(limbsOf(found), 0, 0), queue.isAt(limbsOf(found + 1), 0, 0)]).toEqual([true, false]);
  expect([queue.putT, queue.ackT]).toEqual([found * 1000, found * 1000 + 7]);
  return found;
};

const taken = (queue: ShardQueue): number | undefined => {
  const number = front(queue);
  queue.shift();
  return number;
};

const rowsOf = (queue: ShardQueue): number => queue.ints.length / 15;

describe('records that wait to be read', () => {
  test('are none at first, and none when all were read', () => {
    const queue = new ShardQueue();
    expect([queue.length, front(queue)]).toEqual([0, undefined]);
    add(queue, 5);
    expect([queue.length, taken(queue), queue.length, front(queue)]).toEqual([1, 5, 0, undefined]);
  });

  test.prop(
    [
      fc.array(fc.oneof({ weight: 2, arbitrary: fc.nat({ max: 40 }) }, { weight: 1, arbitrary: fc.constant('read') }), {
        minLength: 1,
        maxLength: 300,
      }),
    ],
    { numRuns: 60 },
  )('come in the order of their numbers, in whatever order they were answered', (steps) => {
    const queue = new ShardQueue();
    const waiting: number[] = [];
    for (const [index, step] of steps.entries()) {
      if (step === 'read') {
        if (waiting.length > 0) expect(taken(queue)).toBe(waiting.shift());
      } else {
        // A little above or below those that came before, and no number twice.
        const number = 1000 + 400 * index - 4001 * step;
        add(queue, number);
        waiting.push(number);
        waiting.sort((a, b) => a - b);
      }
      expect([queue.length, front(queue)]).toEqual([waiting.length, waiting[0]]);
    }
    for (const number of waiting) expect(taken(queue)).toBe(number);
  });

  test('do not stand twice at one place', () => {
    const queue = new ShardQueue();
    for (const number of [3, 5, 8]) add(queue, number);
    expect(add(queue, 5)).toBe('two records at one place');
  });

  test('are no more than 16,384 places from where they came', () => {
    const queue = new ShardQueue();
    for (let number = 1; number <= 16_384; number += 1) add(queue, 10 * number);
    add(queue, 5);
    expect(front(queue)).toBe(5);
    add(queue, 6);
    expect(add(queue, 4)).toBe('an answer far behind its place in the shard');
  });
});

describe('the blocks that hold them', () => {
  test('are small in a shard that is read at once, and used again', () => {
    const queue = new ShardQueue();
    add(queue, 1);
    const { ints } = queue;
    for (let number = 2; number < 100; number += 1) {
      taken(queue);
      add(queue, number);
      expect([queue.ints === ints, queue.at]).toEqual([true, 0]);
    }
    expect(rowsOf(queue)).toBe(16);
  });

  test('grow with what waits, up to a thousand rows each, and are small again when all was read', () => {
    const queue = new ShardQueue();
    const sizes = new Map<number, number>();
    for (let number = 0; number < 16 + 64 + 256 + 3 * 1024; number += 1) {
      add(queue, number);
      sizes.set(rowsOf(queue), (sizes.get(rowsOf(queue)) ?? 0) + 1);
    }
    expect([...sizes]).toEqual([
      [16, 16],
      [64, 64],
      [256, 256],
      [1024, 3 * 1024],
    ]);
    while (queue.length > 1) queue.shift();
    expect(taken(queue)).toBe(16 + 64 + 256 + 3 * 1024 - 1);
    add(queue, 9000);
    expect([rowsOf(queue), taken(queue)]).toEqual([16, 9000]);
  });

  test('have no room for an answer more than 35 minutes after its call', () => {
    const queue = new ShardQueue();
    queue.append(limbsOf(1), 0);
    expect([2 ** 31 - 1, 2 ** 31].map((waited) => queue.setTimes(10, 10 + waited))).toEqual([true, false]);
  });
});
