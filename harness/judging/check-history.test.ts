import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks } from '../checks/catalogue/registry.ts';
import { HarnessError } from '../lib/error.ts';
import { history, shard } from '../testing/generators/history-builder.ts';
import { inOrder, outOfOrder } from '../testing/generators/two-records.ts';
import { checkHistory, type HistoryLine } from './check-history.ts';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-check-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const clean = (): HistoryLine[] => inOrder().end().lines;
const textOf = (lines: readonly object[]): string => `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`;
const write = async (name: string, content: string | Buffer): Promise<string> => {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
};

describe('a history that cannot be judged', () => {
  const broken: readonly (readonly [string, () => string, string])[] = [
    ['an empty file', () => '', 'the history is empty'],
    [
      'a line that is not JSON',
      () => `${textOf(clean().slice(0, 2))}nonsense\n${textOf(clean().slice(2))}`,
      'line 3: not JSON',
    ],
    ['a higher version', () => textOf([{ ...clean()[0], version: 2 }, ...clean().slice(1)]), 'line 1: version'],
    ['a second head', () => textOf([...clean(), clean()[0] ?? {}]), 'a second head'],
    ['no head first', () => textOf(clean().slice(1)), 'line 1: the first line must be the head'],
    [
      'an ack for an op never sent',
      () => textOf([...clean().slice(0, 3), { t: 25, type: 'ack', op: 99, outcome: 'info' }]),
      'line 4: an answer for op 99, which was never sent',
    ],
    [
      'an op answered twice',
      () => textOf([...clean().slice(0, 5), { t: 40, type: 'ack', op: 1, outcome: 'info' }]),
      'line 6: op 1 was answered before, on line 5',
    ],
    [
      'an op sent twice',
      () => textOf([...clean().slice(0, 4), { t: 40, type: 'put', op: 1, api: 'PutRecord', entries: [] }]),
      'line 5: op 1 was sent before, on line 4',
    ],
    [
      'results that do not match the entries',
      () => textOf([...clean().slice(0, 4), { t: 40, type: 'ack', op: 1, outcome: 'ok', results: [] }]),
      'line 5: 0 results for the 1 entries of op 1',
    ],
    ['t that falls', () => textOf([...clean().slice(0, 5), { t: 1, type: 'note', text: 'x' }]), 'line 6: t falls'],
    [
      'a sequence number that is no number',
      () =>
        textOf([
          ...clean().slice(0, 4),
          { t: 40, type: 'ack', op: 1, outcome: 'ok', results: [{ shard: 's', seq: 'x1' }] },
        ]),
      'line 5: results[0].seq',
    ],
    [
      'a hash key that is no number',
      () =>
        textOf([
          ...clean().slice(0, 3),
          { t: 40, type: 'put', op: 9, api: 'PutRecord', entries: [{ key: 'a', hash: '0x1' }] },
        ]),
      'line 4: entries[0].hash',
    ],
  ];
  it.each(broken)('%s is refused with its line', async (_, content, message) => {
    const path = await write('broken.ndjson', content());
    await expect(checkHistory(path)).rejects.toThrow(message);
    await expect(checkHistory(path)).rejects.toMatchObject({ code: 'usage' });
  });

  it('a file that is not there is named', async () => {
    await expect(checkHistory(join(folder, 'nowhere.ndjson'))).rejects.toThrow('nowhere.ndjson');
  });
});

describe('a history that a crash cut short', () => {
  it('is judged as far as it goes: incomplete, unknown', async () => {
    const text = textOf(clean());
    const verdict = await checkHistory(await write('cut.ndjson', text.slice(0, -20)));
    expect(verdict).toMatchObject({ verdict: 'unknown', complete: false });
  });

  it('keeps a violation that is already proved', async () => {
    const lines = history().put('a', 0).ok(20).put('a', 1).ok(10).lines;
    const verdict = await checkHistory(await write('cut.ndjson', `${textOf(lines)}{"t":99,"ty`));
    expect(verdict).toMatchObject({ verdict: 'violated', complete: false });
  });

  it('may be a cut .gz', async () => {
    const zipped = gzipSync(textOf(clean()));
    expect(await checkHistory(await write('whole.ndjson.gz', zipped))).toMatchObject({ verdict: 'holds' });
    expect(await checkHistory(await write('cut.ndjson.gz', zipped.subarray(0, -30)))).toMatchObject({
      verdict: 'unknown',
    });
  });

  test.prop([fc.nat({ max: 1500 })])(
    'gives a verdict or a clear error wherever it was cut, and never a pass',
    async (length) => {
      const text = textOf(clean());
      const path = await write('cut.ndjson', text.slice(0, Math.min(length, text.length - 30)));
      const verdict = await checkHistory(path).catch((thrown: unknown) => thrown);
      if (verdict instanceof Error) expect(verdict).toBeInstanceOf(HarnessError);
      else expect(verdict).toMatchObject({ verdict: 'unknown' });
    },
  );
});

it('does not call a shard open that a reshard may have closed when the run died', async () => {
  const cut = history()
    .put('a', 0)
    .ok(10)
    .put('a', 1)
    .ok(20)
    .event({ type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: [shard(0)] })
    .page(
      [
        [10, 'a', 0],
        [20, 'a', 1],
      ],
      { more: false },
    );
  expect((await checkHistory(cut.lines)).verdict).toBe('unknown');
});

describe('the verdict', () => {
  it('is the same for a path and for lines, but for the path', async () => {
    const path = await write('same.ndjson', textOf(clean()));
    const { path: one, ...fromFile } = await checkHistory(path);
    const { path: other, ...fromLines } = await checkHistory(clean());
    expect(fromFile).toEqual(fromLines);
    expect([one, other]).toEqual([path, '']);
  });

  it('has a line for every anomaly of the catalogue', async () => {
    const { claims } = await checkHistory(clean());
    expect(claims.map(({ anomaly }) => anomaly).sort()).toEqual(Object.keys(checks).sort());
  });

  const guards: readonly (readonly [string, () => HistoryLine[], string])[] = [
    ['no end', () => inOrder().lines, 'no end'],
    ['an interrupted run', () => inOrder().end('interrupted').lines, 'interrupted'],
    ['nothing acknowledged', () => history().put('a', 0).fail().end().lines, 'nothing was acknowledged'],
    ['nothing read', () => history().put('a', 0).ok(10).put('a', 1).ok(20).end().lines, 'nothing was read'],
    [
      'no two records of one key',
      () =>
        history()
          .put('a', 0)
          .ok(10)
          .put('b', 0)
          .ok(20)
          .page([
            [10, 'a', 0],
            [20, 'b', 0],
          ])
          .end().lines,
      'no two comparable records',
    ],
    [
      'a fault that never fired',
      () =>
        history()
          .put('a', 0)
          .ok(10)
          .put('a', 1)
          .ok(20)
          .event({ type: 'fault', fault: 'delay', phase: 'armed' } as never)
          .page([
            [10, 'a', 0],
            [20, 'a', 1],
          ])
          .end().lines,
      'never fired',
    ],
    [
      'a reshard that no key crossed',
      () =>
        history()
          .put('a', 0)
          .ok(10)
          .put('a', 1)
          .ok(20)
          .event({ type: 'reshard', id: 1, phase: 'invoke', action: 'SplitShard', shards: [shard(0)] } as never)
          .page([
            [10, 'a', 0],
            [20, 'a', 1],
          ])
          .end().lines,
      'both sides of reshard 1',
    ],
    [
      'keys that the stream ignores',
      () =>
        history({ stream: { distribution: 'AUTO' } })
          .put('a', 0)
          .ok(10)
          .put('a', 1)
          .ok(20)
          .page([
            [10, 'a', 0],
            [20, 'a', 1],
          ])
          .end().lines,
      'AUTO',
    ],
  ];
  it.each(guards)('is unknown, never a pass, with %s', async (_, lines, reason) => {
    const verdict = await checkHistory(lines());
    expect(verdict.verdict).toBe('unknown');
    expect(verdict.unknown.join('\n')).toContain(reason);
  });

  it('is that of the scenario: forbid, allow, find and ignore go over the defaults', async () => {
    const lines = (expect: object): HistoryLine[] => outOfOrder({ scenario: { expect } }).end().lines;
    const said = async (expectation: object): Promise<string> => (await checkHistory(lines(expectation))).verdict;
    expect(await said({})).toBe('violated');
    expect(await said({ allow: ['key-reorder'] })).toBe('holds');
    expect(await said({ find: ['key-reorder'] })).toBe('holds');
    expect(await said({ ignore: ['key-reorder'] })).toBe('holds');
    expect(await said({ allow: ['key-reorder'], find: ['duplicate'] })).toBe('violated');
  });

  it('excuses a known deviation by its evidence, never by its name, and not when strict', async () => {
    const topology = [
      { shard: shard(0), range: ['0', String((1n << 128n) - 1n)] as const, parents: [], seq: ['100', null] as const },
    ];
    const closed = [
      { ...topology[0], seq: ['100', '9'] },
      { shard: shard(1), range: ['0', String((1n << 127n) - 1n)], parents: [shard(0)], seq: ['200', null] },
      {
        shard: shard(2),
        range: [String(1n << 127n), String((1n << 128n) - 1n)],
        parents: [shard(0)],
        seq: ['200', null],
      },
    ];
    const lines = (when: object): HistoryLine[] =>
      history(
        {
          target: {
            deviations: [
              { id: 'd', anomaly: 'seq-out-of-range', when: when as Record<string, unknown>, sentence: 'so it is' },
            ],
          },
        },
        topology as never,
      )
        .put('a', 0)
        .ok(110)
        .put('a', 1)
        .ok(120)
        .topology(closed as never)
        .page(
          [
            [110, 'a', 0],
            [120, 'a', 1],
          ],
          { more: false },
        )
        .end().lines;
    expect((await checkHistory(lines({ kind: 'declared', ending: '9' }))).verdict).toBe('holds');
    expect((await checkHistory(lines({ kind: 'declared', ending: '8' }))).verdict).toBe('violated');
    expect((await checkHistory(lines({}))).verdict).toBe('violated');
    expect((await checkHistory(lines({ kind: 'declared', ending: '9' }), { strict: true })).verdict).toBe('violated');
  });

  it('is unknown for a check that crashes, and no other claim is touched', async () => {
    const own = checks.phantom.find;
    (checks.phantom as { find: unknown }).find = () => {
      throw new Error('boom');
    };
    try {
      const { verdict, claims } = await checkHistory(clean());
      expect(verdict).toBe('unknown');
      expect(claims.filter((claim) => claim.verdict === 'unknown').map(({ anomaly }) => anomaly)).toEqual(['phantom']);
    } finally {
      (checks.phantom as { find: unknown }).find = own;
    }
  });
});
