import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { checkHistory } from '../../judging/check-history.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import { inOrder, outOfOrder } from '../../testing/generators/two-records.ts';
import type { Reported } from '../reporter.ts';
import { renderEnd } from '../terminal.ts';
import { columnsOf } from './columns.ts';
import { renderOne } from './render-one.ts';
import type { TerminalStyle } from './style.ts';
import { widthOf as lengthOf } from './width.ts';

const kept = inOrder().end().lines;
const broken = outOfOrder().end().lines;

let green: HistoryVerdict;
let red: HistoryVerdict;
beforeAll(async () => {
  green = await checkHistory(kept, { path: 'good.ndjson' });
  red = await checkHistory(broken, { path: 'bad.ndjson' });
});

const names = ['good', 'a-scenario-with-a-name-that-is-rather-long'];
const of = (scenario: string, over: Partial<HistoryVerdict> = {}): Reported => ({
  history: { ...green, ...over },
  run: { scenario, durationMs: 1234 },
});
const style = (width?: number, over: Partial<TerminalStyle> = {}): TerminalStyle => ({
  color: false,
  width,
  ...columnsOf(names),
  ...over,
});
const linesOf = (text: string): readonly string[] => text.split('\n').filter((line) => line !== '');

describe('a green scenario', () => {
  test.each([76, 100, 120, 200])('is one line on a terminal of %i columns', (width) => {
    for (const name of names) {
      const lines = linesOf(renderOne(of(name), style(width)));
      expect(lines).toHaveLength(1);
      expect(lines[0]).toMatch(new RegExp(`^✔ ${name} +order kept.* 2 read.* +1\\.2 s$`));
    }
  });

  test('stands in columns where there is room', () => {
    const [first = '', second = ''] = names.map((name) => renderOne(of(name), style(120)));
    expect(first.indexOf('order kept')).toBe(second.indexOf('order kept'));
    expect(first.indexOf('1.2 s')).toBe(second.indexOf('1.2 s'));
  });

  test('says nothing with --quiet, and what it could have shown with --verbose', () => {
    expect(renderOne(of('good'), style(undefined, { detail: 'quiet' }))).toBe('');
    expect(renderOne(of('good'), style(undefined, { detail: 'verbose' }))).toContain('could show: 1 ordered pair');
    expect(renderOne(of('good'), style())).not.toContain('could show');
  });

  test('whose order is broken is no ✔', () => {
    const order = { ...green.order, kept: false, inversions: 3, flowsBroken: 1 };
    expect(renderOne(of('good', { order }), style(80))).toMatch(/^≠ good {2}NOT kept: 3 inversions {2}2 read/);
    expect(renderOne(of('good', { order }), style())).toMatch(
      /^≠ good +order NOT kept: 3 inversions in 1 key; promises/,
    );
  });
});

describe('a red scenario', () => {
  const reported = (): Reported => ({
    history: red,
    run: {
      scenario: 'bad',
      replay: "npx kinesis-order run x.ts --grep '^bad$' --seed 1",
      report: 'reports/r/report.html',
    },
  });

  test.each([40, 60, 80, 132])('is wrapped at %i columns, never inside a word', (width) => {
    const whole = renderOne(reported(), style(), new Map([['key-reorder', ['sent  0 1']]]));
    const text = renderOne(reported(), style(width), new Map([['key-reorder', ['sent  0 1']]]));
    const words = (all: string): readonly string[] => all.split(/\s+/).filter((word) => word !== '' && word !== '\\');
    expect(words(text)).toEqual(words(whole));
    for (const line of linesOf(text)) {
      const isOneWord = !line.trim().includes(' ');
      const isAddress = /^ {4}(report|history) /.test(line);
      expect(isOneWord || isAddress || lengthOf(line) <= width, line).toBe(true);
    }
  });

  test('shows its picture, its place in the report and the line that replays it, whatever is asked for', () => {
    for (const detail of ['quiet', 'normal', 'verbose'] as const) {
      const text = renderOne(reported(), style(undefined, { detail }), new Map([['key-reorder', ['sent  0 1']]]));
      for (const words of [
        '      sent  0 1',
        'promised: "',
        'report  reports/r/report.html#scenario=bad&claim=key-reorder',
        "replay  npx kinesis-order run x.ts --grep '^bad$' --seed 1",
      ])
        expect(text).toContain(words);
    }
  });

  test('calls nothing a promise that AWS allows', async () => {
    const file = new URL(
      '../../testing/cases/combined/refused-then-unknown-then-stored-late-subject.ndjson',
      import.meta.url,
    );
    const text = renderOne(
      { history: await checkHistory(fileURLToPath(file)), run: { scenario: 'late', durationMs: 1 } },
      style(),
    );
    expect(text).toContain('zombie-append');
    expect(text).toContain('allowed by AWS, not here: "a timed-out request may actually succeed at the backend" (KPL');
    expect(text).not.toContain('promised: "a timed-out');
  });
});

describe('behind all scenarios', () => {
  const said = 'x: 2 findings known of this target (y): it does so';
  const end = (reported: readonly Reported[], over: Partial<TerminalStyle> = {}): string =>
    renderEnd(reported, style(undefined, over));

  test('what is notable is said once', () => {
    const text = end([of('a', { aloud: [said] }), of('b', { aloud: [said] }), of('c')]);
    expect(text).toContain('  · a, b: x: 4 findings known of this target (y): it does so\n');
    expect(text).toMatch(
      /in each a loss below .*, or where order is tested a reorder below .*, may have gone unseen \(95 %\)/,
    );
  });

  test('lines that an import left out come before all that is only counted', () => {
    const names = Array.from({ length: 12 }, (_, index) => `dump ${index}`);
    const leftOut = 'the import left out 1 line, of which nothing is known';
    const text = end(
      names.map((name, index) =>
        of(name, { aloud: [`imported from jsonl (${name}.jsonl)`, ...(index === 11 ? [leftOut] : [])] }),
      ),
    );
    expect(text).toContain(`\n  ! dump 11: ${leftOut}\n`);
    expect(text).toContain('more: --verbose');
    expect(text.split(leftOut)).toHaveLength(2);
  });

  test('what a scenario asked for and found is not', () => {
    expect(end([of('a', { aloud: ['key-reorder was to be found, and was (1): so it was'] }), of('b')])).not.toContain(
      'was to be found',
    );
  });

  test('a shard that is more than half full is named, and one that AWS would have throttled is a warning', () => {
    const peak = (used: number) => ({ used, share: used / 1000, second: 0 });
    const headroom = (records: number, throttledCalls: number): HistoryVerdict['headroom'] => ({
      limits: { profile: 'aws', recordsPerSecond: 1000, bytesPerSecond: 1 << 20 },
      records,
      recordsWithoutSize: 0,
      isWhole: true,
      calls: 9,
      throttledCalls,
      refusedCalls: 0,
      throttledByTarget: 0,
      shards: [{ shard: 'shardId-000000000003', records: peak(records), bytes: peak(0), throttledCalls }],
      hottestKeys: [],
      wouldMoreShardsHelp: null,
      keyBeyondShard: null,
      shardsAtLeast: 1,
    });
    const with_ = (name: string, records: number, throttled = 0): Reported => {
      const room = headroom(records, throttled);
      return of(name, room === undefined ? {} : { headroom: room });
    };
    const text = end([with_('cool', 500), with_('warm', 501), with_('hot', 1500, 2)]);
    expect(text).not.toContain('cool');
    expect(text).toContain('· warm: 50 % of what shard 3 takes in a second');
    expect(text).toMatch(/! hot: headroom: .*AWS would have throttled 2 of 9 calls/);
    expect(end([with_('cool', 10)], { isHeadroomAsked: true })).toContain('at most 10 records/s (1 %)');
  });

  test('with --quiet and --verbose only the last line stands there', () => {
    for (const detail of ['quiet', 'verbose'] as const)
      expect(linesOf(end([of('a', { aloud: [said] })], { detail }))).toEqual(['✔ order kept; promises hold']);
  });
});
