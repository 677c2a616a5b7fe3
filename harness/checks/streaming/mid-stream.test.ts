import { describe, expect, test } from 'vitest';
import { type History, history, type Read } from '../../testing/generators/history-builder.ts';
import { reasonOf } from '../../testing/oracles/follow-bytes.ts';

const said = (made: History): string => reasonOf(made.end().lines);
const live = { reader: 'live', chain: 2 } as const;
const inBetween = 'a chain that begins in between';
const beforeStart = 'a chain that begins before its start';
const beforeTip = 'a chain of LATEST that begins before its start';
const unread = 'a record before the place where reading began';
const another = 'another record than the one that was left out there';

/** Four records of one flow, acknowledged at 10 to 40. */
const stored = (head = {}, readers: readonly string[] = ['live']): History => {
  const made = history(head);
  for (const reader of readers) made.reader(reader, 'live');
  for (let n = 0; n < 4; n += 1) made.put('a', n).ok(10 * (n + 1));
  return made;
};
const read = (n: number, arrival?: number): Read => [10 * (n + 1), 'a', n, arrival === undefined ? {} : { arrival }];
const all = [0, 1, 2, 3].map((n) => read(n));
const from = (n: number): readonly Read[] => all.slice(n);
const after = (seq: number) => ({ ...live, from: { type: 'AFTER_SEQUENCE_NUMBER', seq: String(seq) } }) as const;
const at = (seq: number) => ({ ...live, from: { type: 'AT_SEQUENCE_NUMBER', seq: String(seq) } }) as const;
const since = (time: number) => ({ ...live, from: { type: 'AT_TIMESTAMP', at: time } }) as const;
const tip = (t: number) => ({ ...live, from: { type: 'LATEST', t0: t, t } }) as const;

describe('a reader that begins where another one was', () => {
  test('after a number, or at one', () => {
    expect([19, 20, 29].map((seq) => said(stored().page(all).page(from(2), after(seq))))).toEqual([
      inBetween,
      'plain',
      'plain',
    ]);
    expect(said(stored().page(all).page(from(2), after(30)))).toBe(beforeStart);
    expect([20, 21, 30].map((seq) => said(stored().page(all).page(from(2), at(seq))))).toEqual([
      inBetween,
      'plain',
      'plain',
    ]);
    expect(said(stored().page(all).page(from(2), at(31)))).toBe(beforeStart);
  });

  test('and is given what that one was given, from there on', () => {
    const begun = (): History =>
      stored()
        .page(all)
        .page([read(1)], after(10));
    expect(said(begun().page(from(2), { ...live }))).toBe('plain');
    expect(said(begun())).toBe('plain');
    const other = 'two readers that were given different records';
    expect(said(begun().page([read(3)], { ...live }))).toBe(other);
    expect(
      said(
        stored()
          .page(all)
          .page([[20, 'a', 1, { digest: '0000000000000000' }]], after(10)),
      ),
    ).toBe(other);
  });

  test('right behind its last record, and goes on before it', () => {
    expect(said(stored().page(all.slice(0, 2)).page(from(2), after(20)).page(from(2)))).toBe('plain');
    expect(said(stored().page(all.slice(0, 2)).page(from(2), after(19)).page(from(2)))).toBe(inBetween);
  });

  test('but not long before', () => {
    const made = (begins: number): History => {
      const one = history().reader('live', 'live');
      for (let n = 0; n < 1030; n += 1) one.put('a', n).ok(n + 1);
      const records = Array.from({ length: 1030 }, (_, n): Read => [n + 1, 'a', n]);
      return one.page(records).page(records.slice(begins), after(begins));
    };
    expect(said(made(7))).toBe('plain');
    expect(said(made(6))).toBe('a chain that begins far behind, and not known where');
  });

  test('at a time: all before arrived earlier', () => {
    const times = [3000, 3500, 3400, 3600];
    const told = times.map((time, n) => read(n, time));
    const made = (time: number): string => said(stored().page(told).page(told.slice(3), since(time)));
    expect([made(3500), made(3501), made(3600)]).toEqual([inBetween, 'plain', 'plain']);
    expect(made(3601)).toBe(beforeStart);
  });

  test('at LATEST: all before was sent before it was given out, and nothing was acknowledged before it was asked for', () => {
    const begun = (): History => history().reader('live', 'live').put('a', 0).ok(10).wait(100);
    const sent = begun().now + 10;
    const acked = sent + 10;
    const made = (t: number): string =>
      said(
        begun()
          .put('a', 1)
          .ok(20)
          .page(all.slice(0, 2))
          .page([read(1)], tip(t)),
      );
    expect([sent - 10, sent, acked, acked + 1].map(made)).toEqual(['plain', 'plain', 'plain', beforeTip]);
    expect(made(0)).toBe(inBetween);
    const further = (t: number): string =>
      said(
        begun()
          .put('a', 1)
          .ok(20)
          .page([read(1)], tip(t))
          .page(all.slice(0, 2)),
      );
    expect([0, sent, acked + 1].map(further)).toEqual([inBetween, 'plain', beforeTip]);
  });
});

describe('a reader that begins further on than anybody', () => {
  test('leaves what lies before to others', () => {
    const begun = (): History => stored().page([read(2)], after(20));
    expect(
      said(
        begun()
          .page(all)
          .page([read(3)], { ...live }),
      ),
    ).toBe('plain');
    expect(
      said(
        begun()
          .page([read(3)], { ...live })
          .page(all),
      ),
    ).toBe('plain');
    expect(said(begun().page(all.slice(0, 1)).page(from(1)))).toBe('plain');
    expect(said(begun().page(from(3), { ...live }))).toBe(unread);
    expect(
      said(
        begun()
          .page(from(3), { ...live })
          .page(all.slice(0, 1)),
      ),
    ).toBe(unread);
  });

  test('who are given it as it was stored, each', () => {
    const begun = (): History => stored({}, ['live', 'slow']).page(from(2), after(20));
    const slow = { reader: 'slow', chain: 3 } as const;
    expect(said(begun().page(all).page(all.slice(0, 1), slow).page(from(1), slow))).toBe('plain');
    expect(said(begun().page(all).page(all.slice(0, 1), slow))).toBe('plain');
    const another = 'another record than the one that was left out there';
    expect(said(begun().page([read(1), ...from(2)]))).toBe(another);
    expect(said(begun().page([[10, 'a', 0, { digest: '0000000000000000' }], ...from(1)]))).toBe(another);
    expect(
      said(
        begun()
          .page(all)
          .page([read(0), ...from(2)], slow),
      ),
    ).toBe('two readers that were given different records');
  });

  test('and counts it: what is acknowledged there later was passed over', () => {
    const slow = history().reader('live', 'live');
    slow.put('b', 0);
    for (let n = 0; n < 4; n += 1) slow.event({ type: 'note', text: '' });
    slow.put('a', 0).ok(10).put('a', 1).ok(20);
    expect(said(slow.page([read(1)], after(15)))).not.toBe('plain');
  });

  test('where others had begun', () => {
    const begun = (): History =>
      stored({}, ['live', 'slow'])
        .page([read(0)])
        .page(from(2), after(20));
    expect(said(begun().page(from(1)))).toBe('plain');
    expect(said(begun())).toBe(unread);
    expect(said(begun().page(from(2)))).toBe('another record than the one that was left out there');
    const slow = { reader: 'slow', chain: 3 } as const;
    expect(said(begun().page(all, slow).page(from(1)))).toBe('plain');
  });

  test('again and again', () => {
    const slow = (seq: number) => ({ ...after(seq), reader: 'slow', chain: 3 });
    const begun = (): History =>
      stored({}, ['live', 'slow'])
        .page([read(1)], after(10))
        .page([read(3)], slow(30));
    expect(said(begun().page(all))).toBe('plain');
    expect(
      said(
        begun()
          .page(all)
          .page(from(2), { ...live }),
      ),
    ).toBe('plain');
    expect(
      said(
        begun()
          .page([read(2)], { ...live })
          .page(all),
      ),
    ).toBe('plain');
    expect(said(begun().page(all.slice(0, 2)))).toBe(unread);
  });

  test('at a time: what it left out arrived earlier', () => {
    const times = [3000, 3400, 3500, 3600];
    const told = times.map((time, n) => read(n, time));
    const made = (time: number): string => said(stored().page(told.slice(2), since(time)).page(told));
    expect([made(3401), made(3500)]).toEqual(['plain', 'plain']);
    expect(made(3400)).toBe('another record than the one that was left out there');
    expect(made(3501)).toBe(beforeStart);
  });

  test('and along the shard arrival times may fall by the skew', () => {
    const made = (early: number): string =>
      said(
        stored({ tolerances: { skewMs: 100 } })
          .page([read(2, 3500), read(3)], after(20))
          .page([read(0), read(1, early), read(2, 3500), read(3)]),
      );
    expect([made(3600), made(3601)]).toEqual(['plain', 'an arrival time that falls']);
  });

  test('and who was told that nothing is behind is held to what it was not given', () => {
    const made = history({ tolerances: { settleMs: 0.1 } }).reader('live', 'live');
    for (let n = 0; n < 4; n += 1) made.put('a', n).ok(10 * (n + 1));
    made.wait(500).page([], { ...after(20), behind: 0 });
    expect(said(made.page(all))).toBe('an older record after a page with MillisBehindLatest 0');
    const late = stored({ tolerances: { settleMs: 0.1 } });
    late.wait(500).page([], { ...after(40), behind: 0 });
    expect(said(late.page(all))).toBe('plain');
  });

  test('is not the one by which order is counted', () => {
    const made = stored().page(all, { ...live });
    expect(said(made.page(from(2), { ...after(20), reader: 'final', chain: 1 }))).not.toBe('plain');
  });
});

test('a reader of the records before the place where another one began is held to who they are', () => {
  const bytes = Buffer.from('a#0').toString('hex').padEnd(16, '0').slice(0, 16);
  const begun = (first: Read): string =>
    said(
      stored()
        .page(from(2), after(20))
        .page([first, ...from(1)]),
    );
  expect(begun(read(0))).toBe('plain');
  expect(begun([10, 'a', 1, { digest: bytes }])).toBe(another);
});
