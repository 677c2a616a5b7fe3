import { describe, expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import type { AnomalyId } from '../../model/anomaly.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { type History, history } from '../../testing/generators/history-builder.ts';
import { inOrder } from '../../testing/generators/two-records.ts';
import { checks } from '../catalogue/registry.ts';
import type { Check, Found } from '../check.ts';

const clean = (): History => inOrder();

/** What is said when one check says something else. */
const judgedWith = async (id: AnomalyId, change: Partial<Check>, made = clean().end()): Promise<HistoryVerdict> => {
  const check = checks[id] as { -readonly [K in keyof Check]: Check[K] };
  const before = { ...check };
  try {
    Object.assign(check, change);
    return await checkHistory(made.lines);
  } finally {
    for (const name of Object.keys(change)) if (!(name in before)) delete check[name as keyof Check];
    Object.assign(check, before);
  }
};

const one = (n: number, more: Partial<Found> = {}): Found => ({
  kind: null,
  blame: null,
  tell: () => ({ sentence: `${n}`, evidence: {}, witness: [] }),
  ...more,
});
const claimOf = ({ claims }: HistoryVerdict, id: AnomalyId): unknown => {
  const { verdict, why, found, allowed } = claims.find(({ anomaly }) => anomaly === id) ?? {};
  return { verdict, why, found, allowed };
};

describe('a claim', () => {
  test('is unknown when its check crashed, and takes no other with it', async () => {
    const said = await judgedWith('duplicate', {
      find: () => {
        throw new Error('out of luck');
      },
    });
    expect(claimOf(said, 'duplicate')).toEqual({
      verdict: 'unknown',
      why: 'the check crashed: out of luck',
      found: 0,
      allowed: 0,
    });
    expect(said.claims.filter(({ verdict }) => verdict === 'unknown')).toHaveLength(1);
    expect([said.verdict, said.unknown]).toEqual(['unknown', ['duplicate: the check crashed: out of luck']]);
    expect(said.claims.find(({ anomaly }) => anomaly === 'duplicate')?.expect).toBe('forbid');
  });

  test('keeps what its check found before it crashed out of the verdict', async () => {
    const said = await judgedWith('duplicate', {
      find: function* () {
        yield one(0);
        throw new Error('out of luck');
      },
    });
    expect(said.findings).toEqual([]);
  });

  test('that is not applicable is applicable where something was found', async () => {
    const notApplicable = (): string => 'not here';
    const none = await judgedWith('duplicate', { find: () => [], notApplicable });
    expect(claimOf(none, 'duplicate')).toEqual({ verdict: 'not-applicable', why: 'not here', found: 0, allowed: 0 });
    const some = await judgedWith('duplicate', { find: () => [one(0, { expect: 'allow' })], notApplicable });
    expect(claimOf(some, 'duplicate')).toMatchObject({ verdict: 'holds', found: 1, allowed: 1 });
  });

  test('that was to be found is violated where it is not even applicable', async () => {
    const made = history({ scenario: { expect: { find: ['snfo-broken'] } } })
      .put('a', 0)
      .ok(10)
      .page([[10, 'a', 0]])
      .end();
    const said = await checkHistory(made.lines);
    expect(claimOf(said, 'snfo-broken')).toMatchObject({ verdict: 'violated', found: 0 });
    expect(said.verdict).toBe('violated');
  });

  test('that is left out leaves the whole as unknown as it is', async () => {
    const said = await checkHistory(clean().lines, { only: ['snfo-broken'] });
    expect(said.claims.every(({ verdict }) => verdict === 'not-applicable')).toBe(true);
    expect(said.verdict).toBe('unknown');
    const whole = await checkHistory(clean().end().lines, { only: ['lost-write'] });
    expect(whole.verdict).toBe('holds');
  });

  test('and where no other one is judged, the whole is unknown: nothing was judged', async () => {
    const said = await checkHistory(clean().end().lines, { only: ['snfo-broken'] });
    expect(said).toMatchObject({ verdict: 'unknown', unknown: [expect.stringContaining('no claim was judged')] });
  });
});

describe('of many findings', () => {
  const sentencesOf = async (findings: readonly Found[]): Promise<readonly string[]> =>
    (await judgedWith('duplicate', { find: () => findings })).findings.map(({ sentence }) => sentence);
  const many = (count: number, more: Partial<Found> = {}, from = 0): readonly Found[] =>
    Array.from({ length: count }, (_, index) => one(from + index, more));
  const names = (from: number, to: number): readonly string[] =>
    Array.from({ length: to - from + 1 }, (_, index) => `${from + index}`);

  test('twenty are listed', async () => {
    expect(await sentencesOf(many(25))).toEqual(names(0, 19));
    expect(await sentencesOf(many(20))).toEqual(names(0, 19));
    expect(await sentencesOf(many(25, { expect: 'allow' }))).toEqual(names(0, 19));
  });

  test('violations come first', async () => {
    const allowed = many(22, { expect: 'allow' });
    expect(await sentencesOf([...allowed, ...many(3, {}, 100)])).toEqual([...names(100, 102), ...names(0, 16)]);
    expect(await sentencesOf([...allowed, ...many(22, {}, 100)])).toEqual(names(100, 119));
  });

  test('a shard is named once, and one that is none not at all', async () => {
    const said = await judgedWith('duplicate', { find: () => [one(0, { shards: [0, -1, 0] }), one(1)] });
    expect(said.findings.map(({ shards }) => shards)).toEqual([['shardId-000000000000'], []]);
  });
});

describe('records are counted', () => {
  const countsOf = async (made: History): Promise<unknown> => (await checkHistory(made.end().lines)).counts;

  test('as info when any of their attempts may have had an effect', async () => {
    expect(await countsOf(clean().put('b', 0).info().put('b', 0).fail())).toMatchObject({ info: 1, failed: 0 });
    expect(await countsOf(clean().put('b', 0).fail().put('b', 0).info())).toMatchObject({ info: 1, failed: 0 });
    expect(await countsOf(clean().put('b', 0).fail().put('b', 0).fail())).toMatchObject({ info: 0, failed: 1 });
  });

  test('as foreign by place, also the first that is read', async () => {
    const made = history({ stream: { shared: true } }).event({
      t: 20,
      type: 'page',
      reader: 'final',
      chain: 1,
      shard: 'shardId-000000000000',
      from: { type: 'TRIM_HORIZON' },
      records: [{ seq: '5', key: 'x', digest: '0011223344556677' }],
      more: true,
    });
    expect(await countsOf(made)).toMatchObject({ foreign: 1, read: 0 });
  });
});
