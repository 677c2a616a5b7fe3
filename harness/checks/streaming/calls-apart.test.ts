import { expect, test } from 'vitest';
import type { Apart } from './call-runs.ts';
import { KeptApart } from './calls-apart.ts';
import { KeptForeign } from './kept-foreign.ts';

const apart = (call: number): Apart => ({
  call,
  first: { flow: call, n: 1 },
  between: { flow: 500, n: 2 },
  last: { flow: call, n: 3 },
});
const said = (kept: KeptApart) => kept.said((call) => 100 + call);

test('nothing is said where no call lies apart', () => {
  expect(said(new KeptApart())).toBeUndefined();
});

test('all are counted, and the first twenty that were sent are kept, in whatever order they were found', () => {
  const kept = new KeptApart();
  for (let call = 49; call >= 0; call -= 2) kept.note(call % 3, apart(call));
  for (let call = 0; call < 50; call += 2) kept.note(call % 3, apart(call));
  kept.note(7, apart(3));
  expect(said(kept)).toEqual({
    found: 51,
    ops: Array.from({ length: 20 }, (_, call) => 100 + call),
    shards: [1, 2, 0, 7],
  });
  const spilled: number[] = [];
  kept.keep((part) => spilled.push((part as { readonly flow: number }).flow), new KeptForeign());
  // The first record, the one between, and the last; of the call 3 in two shards.
  expect(spilled).toHaveLength(21 * 3);
  expect(Math.max(...spilled.filter((flow) => flow !== 500))).toBe(19);
});

test('without the numbers of calls they cannot be shown', () => {
  const kept = new KeptApart();
  kept.note(0, apart(1));
  expect(kept.said(() => undefined)).toBeTypeOf('string');
});
