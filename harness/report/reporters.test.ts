import { setImmediate as turn } from 'node:timers/promises';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { measureDetection } from '../detection/measure.ts';
import { headroomFold } from '../headroom/headroom.ts';
import { checkHistory, verdictOf } from '../judging/check-history.ts';
import { measuredHistory } from '../testing/generators/measured-history.ts';
import { inOrder, outOfOrder } from '../testing/generators/two-records.ts';
import type { PageHistory } from './html/data.ts';
import { detectionView } from './html/view/detection.ts';
import { reporters } from './registry.ts';
import type { Reported } from './reporter.ts';

const good = inOrder().end().lines;
const bad = outOfOrder().end().lines;

const reported = async (): Promise<readonly Reported[]> => [
  {
    history: await checkHistory(good, { path: 'good.ndjson' }),
    run: { scenario: 'good', durationMs: 1500, target: 'kinesis-local 0.6.2' },
  },
  {
    history: await checkHistory(bad, { path: 'bad.ndjson' }),
    run: { scenario: 'bad, 100 %: <odd>', replay: 'npx kinesis-order run x --seed 1' },
  },
  { history: undefined, run: { scenario: 'dead', error: 'ECONNREFUSED \u0001 ]]> 10% done' } },
  { history: undefined, run: { scenario: 'left', skipped: 'kinesalite has no updateShardCount' } },
];
const render = async (name: keyof typeof reporters): Promise<string> => {
  const all = await reported();
  const histories = all.flatMap((one) => (one.history === undefined ? [] : [one.history]));
  return reporters[name].render(verdictOf(histories), all, { color: false });
};

describe('reporters', () => {
  it('json is verdict format 1, as the contract has it', async () => {
    const verdict = JSON.parse(await render('json')) as Record<string, unknown>;
    expect(verdict).toMatchObject({
      format: 'kinesis-order-verdict',
      version: 1,
      verdict: 'violated',
      histories: [
        { path: 'good.ndjson', verdict: 'holds', complete: true },
        { path: 'bad.ndjson', verdict: 'violated' },
      ],
    });
    const [, second] = verdict['histories'] as { findings: Record<string, unknown>[] }[];
    expect(second?.findings[0]).toMatchObject({
      anomaly: 'key-reorder',
      kind: 'retry',
      expect: 'forbid',
      blame: 'producer',
      producer: 'p1',
      key: 'a',
      explainedBy: null,
    });
    expect(Object.keys(second?.findings[0] ?? {})).toEqual(
      expect.arrayContaining(['sentence', 'evidence', 'witness', 'near', 'shards']),
    );
  });

  it('junit is well-formed XML whose counts are those of its test cases', async () => {
    const text = await render('junit');
    expect(XMLValidator.validate(text)).toBe(true);
    const { testsuites } = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' }).parse(text) as {
      testsuites: { testsuite: Record<string, string> & { testcase: Record<string, unknown>[] } };
    };
    const { tests, failures, errors, skipped, testcase } = testsuites.testsuite;
    expect([tests, failures, errors, skipped]).toEqual(['4', '1', '1', '1']);
    expect(testcase.map((one) => [one['name'], 'failure' in one, 'error' in one, 'skipped' in one])).toEqual([
      ['good', false, false, false],
      ['bad, 100 %: <odd>', true, false, false],
      ['dead', false, true, false],
      ['left', false, false, true],
    ]);
  });

  it('github escapes what a workflow command would cut at', async () => {
    const text = await render('github');
    expect(text).toContain('::error title=bad%2C 100 %25%3A <odd>::');
    expect(
      text
        .trimEnd()
        .split('\n')
        .every((line) => line.startsWith('::')),
    ).toBe(true);
  });

  it('a green import says in each report that lines were left out', async () => {
    const [head, ...lines] = good;
    const note = { format: 'jsonl', files: ['dump.jsonl'], lacks: [] };
    const imported = [
      { ...head, import: note },
      ...lines.map((line) => (line.type === 'end' ? { ...line, leftOut: 3 } : line)),
    ] as typeof good;
    const history = await checkHistory(imported, { path: 'dump.ndjson' });
    expect(history.verdict).toBe('holds');
    const sources = {
      read: async (_: string, onEvent: (event: (typeof imported)[number], line: number) => void) => {
        for (const [index, line] of imported.entries()) onEvent(line, index + 1);
        return true;
      },
      catalogue: {},
      version: '0',
      now: 0,
    };
    for (const name of Object.keys(reporters) as (keyof typeof reporters)[]) {
      const text = await reporters[name].render(verdictOf([history]), [{ history, run: { scenario: 'dump.ndjson' } }], {
        color: false,
        sources,
      });
      expect([name, text.includes('the import left out 3 lines, of which nothing is known')]).toEqual([name, true]);
    }
  });

  it('terminal proves a violation, names the history and the line that replays it', async () => {
    const text = await render('terminal');
    expect(text).toContain(
      `p1's "a" #0 was sent again (line 8), since an earlier put was not acknowledged (ValidationException), after p1's "a" #1 had been sent (line 6), and only then stored`,
    );
    for (const words of [
      'history bad.ndjson',
      'npx kinesis-order run x --seed 1',
      'run failed: ECONNREFUSED',
      'skipped: kinesalite',
      '✘ order NOT kept in 1 of 2: 1 inversion in 1 key; promises broken in 1 of 2: key-reorder; run failed: ECONN',
      '1 skipped: kinesalite has no updateShardCount; 2 of 4 judged',
    ]) {
      expect(text).toContain(words);
    }
  });

  it('markdown has a row for each, and folds the failures open', async () => {
    const text = await render('markdown');
    expect(text.match(/^\| (✅|❌|💥|➖) \|/gm)).toHaveLength(4);
    expect(text.match(/<details open>/g)).toHaveLength(2);
  });

  it('markdown has the picture of a finding, and the command that shows it alone', async () => {
    const lines = bad;
    const path = 'bad.ndjson';
    const judged = await checkHistory(lines, { path });
    const witnesses = [{ anomaly: 'key-reorder' as const, path: 'w.ndjson', events: 7, others: 0 }];
    const history = { ...judged, witnesses };
    const sources = {
      read: async (_: string, onEvent: (event: (typeof lines)[number], line: number) => void) => {
        for (const [index, line] of lines.entries()) onEvent(line, index + 1);
        return true;
      },
      catalogue: {},
      version: '0',
      now: 0,
    };
    const text = await reporters.markdown.render(verdictOf([history]), [{ history, run: { scenario: 'bad' } }], {
      color: false,
      sources,
    });
    expect(text).toMatch(/\nsent +1 +0\n|\nsent +0 +1/);
    expect(text).toContain('shown alone by: npx kinesis-order check w.ndjson');
  });

  it('markdown reads the histories of failures one after the other', async () => {
    const history = await checkHistory(bad, { path: 'bad.ndjson' });
    let [open, most, all] = [0, 0, 0];
    const sources = {
      read: async (_: string, onEvent: (event: (typeof bad)[number], line: number) => void) => {
        open += 1;
        all += 1;
        most = Math.max(most, open);
        await turn();
        for (const [index, line] of bad.entries()) onEvent(line, index + 1);
        open -= 1;
        return true;
      },
      catalogue: {},
      version: '0',
      now: 0,
    };
    const failing = ['one', 'two', 'three'].map((scenario) => ({ history, run: { scenario } }));
    const text = await reporters.markdown.render(verdictOf([history]), failing, { color: false, sources });
    expect(text.match(/<summary>\w+/g)).toEqual(['<summary>one', '<summary>two', '<summary>three']);
    expect(all).toBeGreaterThanOrEqual(3);
    expect(most).toBe(1);
  });

  it('the headroom stands in terminal, JSON and Markdown', async () => {
    const fold = headroomFold();
    for (const line of good) fold.take(line);
    const headroom = fold.result();
    const [first] = await reported();
    if (first?.history === undefined || headroom === undefined) throw new Error('good was judged');
    const judged = { ...first.history, headroom };
    const made = (['terminal', 'markdown', 'json'] as const).map(async (name) =>
      reporters[name].render(verdictOf([judged]), [{ ...first, history: judged }], { color: false, detail: 'verbose' }),
    );
    const texts = await Promise.all(made);
    for (const text of texts.slice(0, 2)) expect(text).toContain('AWS would have throttled none of 2 calls');
    expect(JSON.parse(texts[2] ?? '')).toMatchObject({ histories: [{ headroom: { records: 2, throttledCalls: 0 } }] });
  });

  it('the detection power stands in terminal, JSON, Markdown and HTML', async () => {
    const lines = measuredHistory();
    const detection = await measureDetection(lines, { budget: 100_000 });
    const history = { ...(await checkHistory(lines, { path: 'measured.ndjson' })), detection };
    const one = { history, run: { scenario: 'measured' } };
    const made = (['terminal', 'markdown', 'json'] as const).map(async (name) =>
      reporters[name].render(verdictOf([history]), [one], { color: false }),
    );
    const [terminal, markdown, json] = await Promise.all(made);
    expect(terminal).toContain('had one of 12 records been lost, stored twice, swapped with the next of its key');
    expect(terminal).toContain('blind: order across keys, what a consumer does (none is under test)');
    expect(markdown).toContain('| lost | 100 % | 76 to 100 % | 12 | 12 | 0 |');
    expect(detectionView({ detection } as PageHistory)?.text).toContain(
      '<td>lost</td><td class="number">100 %</td><td class="number">76 to 100 %</td>',
    );
    expect(JSON.parse(json ?? '')).toMatchObject({ histories: [{ verdict: 'holds', detection: { records: 12 } }] });
  });
});
