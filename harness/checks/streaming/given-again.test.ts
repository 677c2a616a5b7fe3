import { describe, expect, test } from 'vitest';
import { type History, history, type Read } from '../../testing/generators/history-builder.ts';
import { bytesOf, follow, reasonOf } from '../../testing/oracles/follow-bytes.ts';

const said = (made: History): string => reasonOf(made.end().lines);
const again = 'aside: a record that a reader was given again';
const count = 40;

/** Forty records of one flow, acknowledged at 1 to 40, of which a live reader was given the first thirty. */
const stored = (head = {}, ofClient = {}): History => {
  const made = history(head);
  made.event({ type: 'reader', reader: 'live', role: 'live', ...ofClient });
  for (let n = 0; n < count; n += 1) made.put('a', n).ok(n + 1);
  return made.page(from(0)).page(from(0, 30), { ...live, from: { type: 'TRIM_HORIZON' } });
};
const all = Array.from({ length: count }, (_, n): Read => [n + 1, 'a', n]);
const from = (first: number, end = count): readonly Read[] => all.slice(first, end);
const live = { reader: 'live', chain: 2 } as const;
const next = { reader: 'live', chain: 3 } as const;
const after = (seq: number) => ({ ...next, from: { type: 'AFTER_SEQUENCE_NUMBER', seq: String(seq) } }) as const;
const at = (seq: number) => ({ ...next, from: { type: 'AT_SEQUENCE_NUMBER', seq: String(seq) } }) as const;
const trim = { ...next, from: { type: 'TRIM_HORIZON' } } as const;

/** How many records were given again, as the streaming judge says. */
const foundIn = (made: History): number | undefined => {
  const verdict = follow(bytesOf(made.end().lines), true).said;
  return typeof verdict === 'string'
    ? undefined
    : verdict.claims.find(({ anomaly }) => anomaly === 're-delivery')?.found;
};

describe('a reader that begins again', () => {
  test.each([
    ['from the beginning', 0, trim],
    ['after a record that it was given', 10, after(10)],
    ['at a record that it was given', 10, at(11)],
    ['after its last record but one', 29, after(29)],
  ] as const)('is given again what lies there: %s', (_, first, begin) => {
    for (const end of [30, 35, 40]) expect(said(stored().page(from(first, end), begin))).toBe(again);
    expect(foundIn(stored().page(from(first, 35), begin))).toBe(30 - first);
    expect(foundIn(stored().page(from(first, first + 1), begin))).toBe(1);
  });

  test('at the record behind its last one is given nothing again', () => {
    expect(said(stored().page(from(30), at(31)))).toBe('plain');
    expect(foundIn(stored().page(from(30), at(31)))).toBe(0);
  });

  test('leaves nothing out between', () => {
    expect(said(stored().page(from(31), at(32)))).toBe('a reader that begins again further on');
    expect(said(stored().page(from(11), after(10)))).toBe('a chain that begins in between');
    expect(said(stored().page(from(9), after(10)))).toBe('a chain that begins before its start');
    const other = 'two readers that were given different records';
    expect(said(stored().page([...from(10, 20), ...from(21)], after(10)))).toBe(other);
  });

  test('again and again: each time counts what was given by any chain before', () => {
    const third = (seq: number) => ({ ...after(seq), chain: 4 });
    const made = (): History => stored().page(from(20, 25), after(20)).page(from(24), third(24));
    expect(said(made())).toBe(again);
    expect(foundIn(made())).toBe(5 + 6);
  });

  test('goes on with its latest chain alone', () => {
    const begun = (): History => stored().page(from(20, 25), after(20));
    expect(said(begun().page(from(25, 26), { ...next }))).toBe(again);
    expect(said(begun().page(from(30, 31), live))).toBe('a page without a chain');
    expect(said(begun().page(from(25, 26), { ...after(25), chain: 4 }))).toBe(again);
    expect(
      said(
        stored()
          .page([], after(20))
          .page(from(21), { ...after(21), chain: 4 }),
      ),
    ).toBe('a reader that begins again');
  });

  test('with the number of the chain before, too', () => {
    expect(said(stored().page(from(20, 25), { ...after(20), chain: 2 }))).toBe(again);
  });

  test('before the place where it had begun reads on to it', () => {
    const begun = (): History => {
      const made = history().reader('live', 'live');
      for (let n = 0; n < count; n += 1) made.put('a', n).ok(n + 1);
      return made.page(from(0)).page(from(20, 30), { ...after(20), chain: 2 });
    };
    expect(said(begun().page(from(0, 25), trim))).toBe(again);
    expect(foundIn(begun().page(from(0, 25), trim))).toBe(5);
    expect(foundIn(begun().page(from(0, 20), trim))).toBe(0);
    expect(said(begun().page(from(0, 19), trim))).toBe('a reader that began again before all that it was given');
  });

  test('and shows the client of a consumer, may do so', () => {
    expect(foundIn(stored({}, { of: 'app' }).page(from(10), after(10)))).toBe(0);
  });

  test('where nothing is known of it for the target', () => {
    const deviation = { id: 'd', anomaly: 're-delivery', when: {}, sentence: 's' };
    const made = stored({ target: { engine: 'e', version: '1', deviations: [deviation] } } as never);
    expect(said(made.page(from(10), after(10)))).toBe('a reader that begins again');
  });

  test('and all of its shard was read', () => {
    const lost = history().reader('live', 'live');
    for (let n = 0; n < 3; n += 1) lost.put('a', n).ok(n + 1);
    lost.page(from(0, 2)).page(from(0, 2), { ...live, from: { type: 'TRIM_HORIZON' } });
    expect(said(lost.page(from(1, 2), after(1)))).toMatch(/a record that was not read, in a shard/);
    const skipped = history().reader('live', 'live');
    for (let n = 0; n < 3; n += 1) skipped.put('a', n).ok(n + 1);
    const two = [all[0] as Read, all[2] as Read];
    skipped.page(two).page(two, { ...live, from: { type: 'TRIM_HORIZON' } });
    expect(said(skipped.page(two.slice(1), at(3)))).toMatch(/a skipped record in a shard/);
  });

  test('and was told that nothing is behind, is held to what lay ahead', () => {
    const made = (waited: number): string => {
      const one = history({ tolerances: { settleMs: 0.1 } }).reader('live', 'live');
      for (let n = 0; n < 4; n += 1) one.put('a', n).ok(n + 1);
      one.page(from(0, 3), { ...live, from: { type: 'TRIM_HORIZON' } });
      one.wait(waited).page([], { ...live, behind: 0 });
      return said(one.page(from(2, 4), after(2)).page(from(0, 4)));
    };
    expect([made(0), made(500)]).toEqual([again, 'an older record after a page with MillisBehindLatest 0']);
  });
});
