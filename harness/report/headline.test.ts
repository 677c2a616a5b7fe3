import { XMLParser } from 'fast-xml-parser';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkHistory, verdictOf } from '../judging/check-history.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { Claim, Expect, Finding, HistoryVerdict, VerdictValue } from '../model/verdict.ts';
import { inOrder } from '../testing/generators/two-records.ts';
import { headlineText, markOf } from './headline.ts';
import { reporters } from './registry.ts';
import type { Reported, RunInfo } from './reporter.ts';
import { summaryText } from './summary.ts';

type Order = NonNullable<HistoryVerdict['order']>;
const kept: Order = { kept: true, flows: 3, pairs: 60, inversions: 0, flowsBroken: 0 };
const broken: Order = { kept: false, flows: 8, pairs: 60, inversions: 13, flowsBroken: 3 };
const untested: Order = { kept: null, flows: 1, pairs: 0, inversions: 0, flowsBroken: 0 };

let good: HistoryVerdict;
beforeAll(async () => {
  const lines = inOrder().end().lines;
  good = await checkHistory(lines, { path: 'threads.ndjson' });
});

type Said = { readonly verdict?: VerdictValue; readonly violated?: readonly AnomalyId[]; readonly expect?: Expect };
const judged = (
  order: Order,
  { verdict = 'holds', violated = [], expect: how = 'forbid' }: Said = {},
): HistoryVerdict => ({
  ...good,
  order,
  verdict: violated.length > 0 ? 'violated' : verdict,
  unknown: verdict === 'unknown' ? ['the history has no end'] : [],
  claims: good.claims.map((claim) =>
    violated.includes(claim.anomaly) ? { ...claim, verdict: 'violated', expect: how, found: 1 } : claim,
  ),
});
/** Of a scenario that reproduces a broken order. */
const found = (): HistoryVerdict => ({
  ...judged(broken),
  claims: good.claims.map((claim) =>
    claim.anomaly === 'key-reorder' ? { ...claim, expect: 'find', found: 13 } : claim,
  ),
});
const reported = (one: HistoryVerdict | undefined, run: Partial<RunInfo> = {}): Reported => ({
  history: one,
  run: { scenario: 'threads', ...run },
});
const findingOf = (more: Partial<Finding>): Finding => ({
  anomaly: 'subject-reorder',
  kind: null,
  expect: 'forbid',
  blame: 'consumer',
  producer: null,
  key: 'k',
  shards: [],
  sentence: 's',
  evidence: {},
  witness: [],
  near: { faults: [], reshards: [], retries: [] },
  explainedBy: null,
  ...more,
});
const given = (group: string, how: Expect = 'forbid'): Finding => findingOf({ expect: how, evidence: { group } });
const copied = (stale: boolean): Finding =>
  findingOf({ anomaly: 'duplicate', kind: 'retry', expect: 'allow', evidence: { stale } });
const changed = (
  one: HistoryVerdict,
  id: AnomalyId,
  more: Partial<Claim>,
  findings: readonly Finding[],
): HistoryVerdict => ({
  ...one,
  findings,
  claims: one.claims.map((claim) => (claim.anomaly === id ? { ...claim, verdict: 'holds', ...more } : claim)),
});
const unordered = (): Reported => reported(judged(broken));

describe('the first line', () => {
  it.each<[string, () => Reported, string, string]>([
    ['all is well', () => reported(judged(kept)), 'holds', 'order kept; promises hold'],
    ['holds over a broken order', unordered, 'unordered', 'order NOT kept: 13 inversions in 3 keys; promises hold'],
    [
      'a broken order that the scenario reproduces',
      () => reported(found()),
      'unordered',
      'order NOT kept, as expected: 13 inversions in 3 keys; promises hold',
    ],
    ['holds, and nothing to compare', () => reported(judged(untested)), 'holds', 'order not tested; promises hold'],
    [
      'a broken order that was promised',
      () => reported(judged({ ...broken, inversions: 1, flowsBroken: 1 }, { violated: ['key-reorder'] })),
      'violated',
      'order NOT kept: 1 inversion in 1 key; promises broken: key-reorder',
    ],
    [
      'what breaks no order is not called that',
      () => reported(judged(kept, { violated: ['duplicate', 'counter-gap', 'hash-hole'] })),
      'violated',
      'order kept; promises broken: duplicate, counter-gap, hash-hole',
    ],
    [
      'a bug that was to be found, and was not',
      () => reported(judged(kept, { violated: ['key-reorder'], expect: 'find' })),
      'violated',
      'order kept; promises hold; expected and not found: key-reorder',
    ],
    ['unknown', () => reported(judged(kept, { verdict: 'unknown' })), 'unknown', 'order kept; promises unknown'],
    [
      'unknown over a broken order',
      () => reported(judged(broken, { verdict: 'unknown' })),
      'unknown',
      'order NOT kept: 13 inversions in 3 keys; promises unknown',
    ],
    [
      'the engine died, and what was proved before stays',
      () => reported(judged(kept, { violated: ['duplicate'] }), { error: 'ECONNREFUSED 127.0.0.1:4566\nand more' }),
      'violated',
      'order kept; promises broken: duplicate; run failed: ECONNREFUSED 127.0.0.1:4566…',
    ],
    [
      'interrupted, and what was proved before stays',
      () => reported(judged(kept, { violated: ['duplicate'] }), { interrupted: 'interrupted' }),
      'violated',
      'order kept; promises broken: duplicate; interrupted',
    ],
    [
      'the engine died and nothing was proved',
      () => reported(judged(untested, { verdict: 'unknown' }), { error: 'ECONNREFUSED' }),
      'failed',
      'order not tested; promises unknown; run failed: ECONNREFUSED',
    ],
    [
      'an import leaves something open',
      () => reported({ ...judged(kept, { verdict: 'unknown' }), unknown: ['the import leaves it open: a follows b'] }),
      'unknown',
      'order kept as far as the import shows; promises unknown',
    ],
    [
      'nobody knows which shard came of which',
      () => reported(changed(judged(kept, { verdict: 'unknown' }), 'child-before-parent', { verdict: 'unknown' }, [])),
      'unknown',
      'order kept in each shard, not known between shards; promises unknown',
    ],
    [
      'a consumer that broke what the stream has',
      () => reported({ ...judged(kept, { violated: ['subject-reorder'] }), findings: [given('app')] }),
      'violated',
      'order kept in the stream; consumer "app" broke it: subject-reorder (1)',
    ],
    [
      'a consumer that broke more than the order',
      () => reported({ ...judged(kept, { violated: ['subject-reorder', 'subject-loss'] }), findings: [given('app')] }),
      'violated',
      'order kept in the stream; consumer "app" broke it: subject-reorder (1); promises broken: subject-loss',
    ],
    [
      'a consumer that may break it',
      () => reported(changed(judged(kept), 'subject-reorder', { expect: 'allow', found: 7 }, [given('app', 'allow')])),
      'unordered',
      'order kept in the stream; consumer "app" broke it, which is allowed: subject-reorder (7); promises hold',
    ],
    [
      'a consumer that the scenario wants to break it',
      () => reported(changed(judged(kept), 'subject-reorder', { expect: 'find', found: 7 }, [given('app', 'find')])),
      'unordered',
      'order kept in the stream; consumer "app" broke it, as expected: subject-reorder (7); promises hold',
    ],
    [
      'a consumer where the stream has nothing to compare',
      () =>
        reported(changed(judged(untested), 'subject-reorder', { expect: 'allow', found: 7 }, [given('app', 'allow')])),
      'unordered',
      'order not tested in the stream; consumer "app" broke it, which is allowed: subject-reorder (7); promises hold',
    ],
    [
      'copies that are allowed',
      () => reported(changed(judged(kept), 'duplicate', { found: 4, allowed: 4 }, [copied(false)])),
      'holds',
      'order kept; 4 records twice (retry); promises hold',
    ],
    [
      'copies behind newer records of their key',
      () => reported(changed(judged(kept), 'duplicate', { found: 4, allowed: 4 }, [copied(true)])),
      'holds',
      'order kept; 4 records twice (retry), so a last-write-wins reader goes back; promises hold',
    ],
    ['no history', () => reported(undefined, { error: 'no shards' }), 'failed', 'run failed: no shards'],
    [
      'no history, interrupted',
      () => reported(undefined, { interrupted: 'interrupted before it began' }),
      'interrupted',
      'interrupted before it began',
    ],
    [
      'no sound history',
      () => reported(undefined, { unjudged: 'line 1: not JSON' }),
      'invalid',
      'invalid history: line 1: not JSON',
    ],
    [
      'skipped',
      () => reported(undefined, { skipped: 'moto 5 has no updateShardCount' }),
      'skipped',
      'skipped: moto 5 has no updateShardCount',
    ],
  ])('%s', (_, one, mark, text) => {
    expect(headlineText(one())).toBe(`threads: ${text}`);
    expect(markOf(one())).toBe(mark);
  });

  it('names a few of many broken promises', () => {
    const many = good.claims.slice(0, 8).map(({ anomaly }) => anomaly);
    expect(headlineText(reported(judged(kept, { violated: many })))).toMatch(/broken: (\S+, ){4}\S+ and 3 more$/);
  });
});

describe('the line over several', () => {
  it.each<[() => readonly Reported[], string]>([
    [() => [reported(judged(kept)), reported(judged(kept))], 'order kept; promises hold; 2 judged'],
    [
      () => [reported(judged(kept)), unordered()],
      'order NOT kept in 1 of 2: 13 inversions in 3 keys; promises hold; 2 judged',
    ],
    [
      () => [reported(found()), unordered(), reported(found())],
      'order NOT kept in 3 of 3 (2 as expected): 39 inversions in 9 keys; promises hold; 3 judged',
    ],
    [
      () => [reported(judged(kept)), reported(judged(untested))],
      'order kept in 1 of 2, not tested in 1; promises hold; 2 judged',
    ],
    [
      () => [
        reported(judged(kept, { violated: ['duplicate'] })),
        reported(judged(kept, { violated: ['counter-gap', 'duplicate'] })),
        reported(judged(kept, { verdict: 'unknown' })),
      ],
      'order kept; promises broken in 2 of 3, unknown in 1: duplicate, counter-gap; 3 judged',
    ],
    [
      () => [
        reported({ ...judged(kept, { violated: ['subject-reorder'] }), findings: [given('app')] }),
        reported(judged(kept)),
      ],
      'order kept in the stream; consumers broke it in 1 of 2: subject-reorder (1); 2 judged',
    ],
    [
      () => [reported(undefined, { skipped: 'no merge' }), reported(undefined, { skipped: 'no merge' })],
      'nothing was judged; 2 skipped: no merge; 0 of 2 judged',
    ],
    [
      () => [reported(judged(kept)), reported(undefined, { error: 'ECONNREFUSED' })],
      'order kept; promises hold; run failed: ECONNREFUSED; 1 of 2 judged',
    ],
    [() => [], 'nothing was judged'],
  ])('%#: %s', (all, text) => expect(summaryText(all())).toBe(text));
});

describe('every reporter says of a history that holds over a broken order that its order is NOT kept', () => {
  const render = (name: keyof typeof reporters, all: readonly Reported[] = [unordered()], color = false) =>
    reporters[name].render(verdictOf(all.flatMap((one) => one.history ?? [])), all, { color });
  const words = 'order NOT kept: 13 inversions in 3 keys; promises hold';

  it.each(['terminal', 'markdown', 'github', 'junit'] as const)('%s', async (name) => {
    const text = await render(name);
    expect(text).toContain(words);
    expect(text).not.toContain('order kept');
    expect(text).not.toContain('order holds');
  });

  it('terminal, markdown and github have a sign of its own for it', async () => {
    expect((await render('terminal')).split('\n')[0]).toBe(
      `≠ threads  ${words}  2 acknowledged, 2 read; ${good.claims.filter(({ verdict }) => verdict === 'holds').length} claims hold`,
    );
    expect(await render('terminal')).toContain(`\n≠ ${words}\n`);
    expect((await render('markdown')).split('\n')[0]).toBe(`## ⚠️ ${words}`);
    expect((await render('github')).split('\n')).toEqual([
      `::notice title=kinesis-order::${words}`,
      `::warning title=threads::${words}`,
      '',
    ]);
  });

  it('github makes no notice of a red headline, and names the file of the scenario', async () => {
    const red = reported(judged(kept, { violated: ['hash-hole'] }), { file: 'scenarios/a,b.scenario.ts' });
    const [first = '', second = ''] = (await render('github', [red])).split('\n');
    expect(first).toBe('::error title=kinesis-order::order kept; promises broken: hash-hole');
    expect(second).toMatch(/^::error file=scenarios\/a%2Cb\.scenario\.ts,title=threads::/);
    const unknown = await render('github', [reported(judged(kept, { verdict: 'unknown' }))]);
    expect(unknown).toMatch(/^::warning title=kinesis-order::/);
  });

  it('what forbids again is told as a flag, too', async () => {
    const said =
      'duplicate holds; 1 finding allowed, since findings of kind retry are allowed by default: forbid with expect.forbid';
    const one = reported({ ...judged(kept), aloud: [said] });
    expect(await render('terminal', [one])).toContain(
      'since findings of kind retry are allowed by default: forbid with --forbid duplicate (expect.forbid)',
    );
    expect(await render('json', [one])).toContain(said);
  });

  it('github tells of one that the scenario reproduces without a warning', async () => {
    expect(await render('github', [reported(found())])).not.toContain('::warning');
  });

  it('in yellow, not in green', async () => {
    const [line = ''] = (await render('terminal', [unordered()], true)).split('\n');
    expect(line).toContain('\u001b[33m≠');
    expect(line).not.toContain('\u001b[32m');
    expect((await render('terminal', [reported(judged(kept))], true)).split('\n')[0]).toContain('\u001b[32m✔');
  });

  it('JSON has the order as it was judged, JUnit as properties', async () => {
    expect(JSON.parse(await render('json'))).toMatchObject({ verdict: 'holds', histories: [{ order: broken }] });
    const text = await render('junit');
    const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(text) as {
      testsuites: { testsuite: { testcase: { properties: { property: { name: string; value: string }[] } } } };
    };
    const { property } = testsuites.testsuite.testcase.properties;
    expect(Object.fromEntries(property.map(({ name, value }) => [name, value]))).toEqual(
      Object.fromEntries(Object.entries(broken).map(([name, value]) => [`order.${name}`, String(value)])),
    );
  });

  it('JUnit is no pass where nothing was judged', async () => {
    for (const all of [[], [reported(undefined, { skipped: 'no merge' })]]) {
      const text = await render('junit', all);
      expect(text).toContain('errors="1"');
      expect(text).toMatch(/<testcase name="nothing was judged".*\n\s*<error message="nothing was judged/);
    }
    expect(JSON.parse(await render('json', []))).toMatchObject({ verdict: 'unknown', histories: [] });
  });
});
