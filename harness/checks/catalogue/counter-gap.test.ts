import { expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import { history } from '../../testing/generators/history-builder.ts';

/** How many are told of as missing between the first number of a key and its last. */
const gaps = async (last: number): Promise<number | undefined> => {
  const made = history().put('a', 0).ok(10).put('a', last).ok(20);
  const read = made.page([
    [10, 'a', 0],
    [20, 'a', last],
  ]);
  const { claims } = await checkHistory(read.end().lines);
  return claims.find(({ anomaly }) => anomaly === 'counter-gap')?.found;
};

test('each missing number is counted, however many: of a thousand each is a finding of its own, the rest is one', async () => {
  expect(await gaps(2)).toBe(1);
  expect(await gaps(1000)).toBe(999);
  expect(await gaps(1001)).toBe(1000);
  expect(await gaps(1002)).toBe(1001);
  expect(await gaps(5000)).toBe(4999);
});

/** A run that died: no end, and no final reader. #1 was not sent by then. */
const died = async (phases: readonly string[]): Promise<string | undefined> => {
  const made = history().put('a', 0).ok(10).put('a', 2).ok(20);
  const read = made.page([[10, 'a', 0]], { reader: 'live' });
  for (const phase of phases) read.event({ type: 'phase', phase, t: read.step() } as never);
  const lines = read.lines.filter((line) => !(line.type === 'reader' && line.role === 'final'));
  const { claims } = await checkHistory(lines);
  return claims.find(({ anomaly }) => anomaly === 'counter-gap')?.verdict;
};

test('a run that died proves no gap if its last phase is load; without phases it is judged as it is', async () => {
  expect(await died(['load'])).toBe('unknown');
  expect(await died(['load', 'drain'])).toBe('violated');
  expect(await died([])).toBe('violated');
});

/** Two keys that count from 1, of which the second left out #2. */
const fromOne = async (identity: object, recorder: string): Promise<readonly string[]> => {
  const made = history().put('a', 1).ok(10).put('b', 1).ok(20).put('b', 3).ok(30);
  made.page([
    [10, 'a', 1],
    [20, 'b', 1],
    [30, 'b', 3],
  ]);
  const lines = made.end().lines.map((line) => (line.type === 'head' ? { ...line, recorder, identity } : line));
  const { findings } = await checkHistory(lines as never);
  return findings.filter(({ anomaly }) => anomaly === 'counter-gap').map(({ sentence }) => sentence);
};

test('a dense counter that starts at 1 says so: what is below it comes last, and names the option', async () => {
  const dense = { from: 'json', counter: 'dense' };
  const [first, ...starts] = await fromOne(dense, 'proxy');
  expect(first).toMatch(/^#2 of key "b"/);
  expect(starts).toHaveLength(2);
  for (const start of starts) expect(start).toContain('Does your counter start at 1? Then say so: --id …,first=1.');
  expect((await fromOne(dense, 'harness')).at(-1)).toContain('Then say so: first: 1 in its identity.');
  expect(await fromOne({ ...dense, first: 1 }, 'proxy')).toEqual([first]);
});

test('the number of an end marker leaves no gap in a counter over all keys of its producer', async () => {
  const made = history({ identity: { scope: 'producer', counter: 'dense' } })
    .put('a', 0)
    .ok(10)
    .put('b', 1)
    .ok(20);
  const marked = made.put('end', 7, { role: 'sentinel' }).ok(30);
  const read = marked.page([
    [10, 'a', 0],
    [20, 'b', 1],
    [30, 'end', 7],
  ]);
  const { claims } = await checkHistory(read.end().lines);
  expect(claims.find(({ anomaly }) => anomaly === 'counter-gap')).toMatchObject({ verdict: 'holds', found: 0 });
});
