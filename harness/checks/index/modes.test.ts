import { describe, expect, test } from 'vitest';
import { type History, history } from '../../testing/generators/history-builder.ts';
import { viewOfLines } from '../../testing/generators/random/readings.ts';
import { expectByMode, hasOrderOnlyByChance, modeNames, modeOf } from './modes.ts';

const serialAfter = (made: History, key = 'a'): History =>
  made.put(key, 0).ok(10).put(key, 1, { after: 10 }).ok(20).put(key, 2, { after: 20 }).ok(30);
const serial = (made: History, key = 'a'): History => made.put(key, 0).ok(10).put(key, 1).ok(20);
const overlapping = (made: History, key = 'a'): History => {
  const first = made.put(key, 0);
  const second = made.put(key, 1);
  first.ok(10);
  return second.ok(20);
};
const inBatch = (made: History, key = 'a'): History => made.batch([[key, 0]]).ok(10);
const once = (made: History, key = 'a'): History => made.put(key, 0).ok(10);
const marker = (made: History, key = 'a'): History => made.batch([[key, 0]], { role: 'sentinel' }).ok(10);

const [, p1, p2, p3, p4] = modeNames;
const byChance = ', which promises no order';

describe('what is expected of order', () => {
  test.each([
    ['of puts that each go after the last', [serialAfter], [1], 'forbid', p1],
    ['of serial puts', [serial], [2], 'forbid', p2],
    ['of one put', [once], [2], 'forbid', p2],
    ['of overlapping puts', [overlapping], [3], 'allow', `${p3}${byChance}`],
    ['of batches', [inBatch], [4], 'allow', `${p4}${byChance}`],
    ['of both', [inBatch, overlapping], [4, 3], 'allow', `${p3}; ${p4}${byChance}`],
    ['where one key of two was written serially', [inBatch, serial], [4, 2], 'forbid', `${p2}; ${p4}`],
    ['where one key of two was put once', [inBatch, once], [4, 2], 'forbid', `${p2}; ${p4}`],
    ['where one key of two was put once, the others after each other', [serialAfter, once], [1, 2], 'forbid', p1],
    [
      'of all at once',
      [inBatch, overlapping, serial, serialAfter],
      [4, 3, 2, 1],
      'forbid',
      [p1, p2, p3, p4].join('; '),
    ],
    ['of the end markers of the harness, which are no workload', [marker], [2], 'forbid', 'no put'],
    ['of nothing', [], [], 'forbid', 'no put'],
  ] as const)('%s', (_, parts, modes, expected, names) => {
    const made = history();
    for (const [index, part] of parts.entries()) part(made, 'abcd'[index]);
    const view = viewOfLines(made.lines);
    expect(modes.map((__, flow) => modeOf(view, flow))).toEqual(modes);
    expect(modes.map((__, flow) => hasOrderOnlyByChance(view, flow))).toEqual(modes.map((mode) => mode > 2));
    expect(expectByMode(view)).toEqual({ expect: expected, why: `keys were written by ${names}` });
  });

  test('where puts were not recorded: that of serial puts', () => {
    const view = viewOfLines(history({ recorded: ['pages'] }).page([[10, 'a', 0]]).lines);
    expect([modeOf(view, 0), hasOrderOnlyByChance(view, 0)]).toEqual([2, false]);
    expect(expectByMode(view)).toEqual({
      expect: 'forbid',
      why: 'puts were not recorded; keys are taken to have been written by serial PutRecord (P2)',
    });
  });
});
