import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { splitShard } from '../index.ts';
import { type Given, subjectRuns, violatedOf } from '../testing/stand-ins/subject-run.ts';

let runs: Awaited<ReturnType<typeof subjectRuns>>;
beforeAll(async () => {
  runs = await subjectRuns();
});
afterAll(() => runs.close());

describe('a consumer under test', () => {
  test('that handles all is complete, and what its client fetched is linked to it', async () => {
    const { verdict, events, notes } = await runs.ran({});
    expect([notes, violatedOf(verdict), verdict.verdict]).toEqual(['', [], 'holds']);
    const all = { group: 'app', owed: 40, delivered: 40, redelivered: 0, neverReadShards: [] };
    expect(verdict.subjects).toEqual([all]);
    expect(events.filter((event) => event.type === 'reader')).toMatchObject([
      { reader: 'app', role: 'subject', owes: { from: 'TRIM_HORIZON', shards: 'all' } },
      { reader: 'app/1 fetch', role: 'live', of: 'app' },
      { reader: 'final', role: 'final' },
    ]);
  });

  // What is lost, and how: violated where it is owed, unknown where nothing is said of that, never holds.
  type Loss = [name: string, args: readonly string[], kind: string, found: number, given?: Given];
  const split = { shards: 1, reshard: [splitShard({ afterAcked: 20 })] };
  const losses: Loss[] = [
    ['reads one shard of two', ['only=0'], 'shard', 1],
    ['loses its head', ['nohead=3'], 'head', 3],
    ['loses one in the middle', ['drop=12', 'limit=40'], 'middle', 1, { shards: 1 }],
    ['loses its tail', ['notail=30'], 'tail', 10],
    ['never looks for children', ['static'], 'shard', 1, split],
  ];
  test.each(losses)('that %s', async (...[, args, kind, found, given = {}]) => {
    const { claim, verdict, withoutOwes } = await runs.ran({ args, ...given });
    expect(claim('subject-loss')).toMatchObject({ verdict: 'violated', found });
    const finding = verdict.findings.find(({ anomaly }) => anomaly === 'subject-loss');
    expect(finding).toMatchObject({ kind, blame: 'consumer' });
    expect(verdict.findings.filter(({ blame }) => blame !== 'consumer')).toEqual([]);
    const untold = await withoutOwes();
    const loss = untold.claims.find(({ anomaly }) => anomaly === 'subject-loss');
    expect(loss?.verdict).toBe(kind === 'middle' ? 'violated' : 'unknown');
    expect(untold.verdict).not.toBe('holds');
  });

  test('that makes calls, but none that reads, and writes no line: unknown, and it is told that it found the gateway', async () => {
    const { claim, notes } = await runs.ran({ args: ['deaf', 'touch'], timeoutMs: 1500, doneMs: 800 });
    expect(claim('subject-loss')?.verdict).toBe('unknown');
    expect(notes).toMatch(/^app called the engine, and wrote no subject lines, and no GetRecords and no SubscribeTo/);
    expect(notes).not.toContain('AWS_ENDPOINT_URL_KINESIS');
  });

  test('that fetches elsewhere is judged by the lines that it writes', async () => {
    const line = (shard: number): string =>
      `raw${shard === 0 ? '' : '2'}={"type":"start","shard":"shardId-00000000000${shard}","at":"TRIM_HORIZON"}`;
    const { claim, verdict } = await runs.ran({ args: ['deaf', line(0), line(1)], timeoutMs: 1500, doneMs: 800 });
    expect(claim('subject-loss')?.verdict).toBe('violated');
    expect(verdict.findings.map(({ blame }) => blame)).toEqual(verdict.findings.map(() => 'consumer'));
  });

  test('that takes children at once reads them before their parent', async () => {
    const { claim } = await runs.ran({ args: ['eager', 'limit=1', 'look=1'], ...split });
    expect(claim('child-before-parent')).toMatchObject({ verdict: 'violated' });
  });

  test('that reports its checkpoint before the records, and is killed, loses what lay between', async () => {
    const args = ['ahead', 'limit=40', `state=${runs.folder}/ahead.json`];
    const { verdict } = await runs.ran({ args, shards: 1 });
    expect(violatedOf(verdict)).toEqual(['checkpoint-ahead']);
  });
});

describe('lines', () => {
  test.each(['stdout', 'file', 'fd3', 'http'] as const)('by %s', async (lines) => {
    const { verdict, notes } = await runs.ran({ lines, args: ['own=3'] });
    expect(verdict).toMatchObject({ verdict: 'holds', subjects: [{ owed: 40, delivered: 40 }] });
    expect(notes).toMatch(lines === 'stdout' ? / subject lines, and 3 other lines/ : /^$/);
  });

  test('behind what a logger writes, with an effect each', async () => {
    const { verdict, events } = await runs.ran({
      prefix: '^INFO [^{]*',
      args: ['prefix=INFO app - ', 'done', 'worker=w'],
    });
    expect(verdict).toMatchObject({ verdict: 'holds', subjects: [{ owed: 40, delivered: 40 }] });
    const dones = events.filter((event) => event.type === 'subject' && event.event === 'done');
    // And one for each of the two end markers.
    expect(dones.length).toBe(42);
    expect(dones[0]).toMatchObject({ worker: 'w', reader: 'app' });
  });

  test('of end markers with a body that it takes, and of none', async () => {
    const own = await runs.ran({ sentinel: { payload: '{"type":"ping"}' } });
    expect([own.verdict.verdict, own.notes]).toEqual(['holds', '']);
    const none = await runs.ran({ sentinel: false });
    expect([none.verdict.verdict, none.notes]).toEqual(['holds', '']);
    expect(none.events.some((event) => event.type === 'put' && event.role === 'sentinel')).toBe(false);
    expect(none.verdict.subjects).toMatchObject([{ owed: 40, delivered: 40 }]);
  });
});

describe('bad input', () => {
  test('lines that are cut or wrong: nothing is called lost, and the first is quoted', async () => {
    const bad = '{"type":"deliver","shard":"shardId-000000000000","records":[{"seq":12}]}';
    const { claim, notes, verdict } = await runs.ran({ args: [`raw=${bad}`, 'raw2={"type":"deliver"', 'notail=30'] });
    expect(claim('subject-loss')?.verdict).toBe('unknown');
    expect(notes).toMatch(/app wrote 2 lines that could not be parsed: deliver: records\[0\]\.seq: expected a decimal/);
    expect(verdict.verdict).not.toBe('holds');
  });

  test('a shard that there is not, and a record that nobody stored: its own word, and nobody else is blamed', async () => {
    const shard = 'shardId-000000000099';
    const args = [
      `raw={"type":"deliver","shard":"${shard}","records":[{"seq":"12","key":"k","data":"aGVsbG8="}]}`,
      'raw2={"type":"deliver","shard":"shardId-000000000000","records":[{"seq":"77","key":"k","data":"aGVsbG8="}]}',
    ];
    const { verdict, claim } = await runs.ran({ args });
    expect(claim('subject-claim')).toMatchObject({ verdict: 'violated' });
    expect(verdict.findings.map(({ blame }) => blame)).toEqual(verdict.findings.map(() => 'consumer'));
    expect(violatedOf(verdict)).toEqual(['subject-claim']);
  });

  test('a consumer that never starts', async () => {
    const { result } = await runs.ran({ args: ['deaf'], timeoutMs: 600 });
    expect(result).toMatchObject({ reason: 'failed', error: { code: 'target' } });
    expect(result.error?.message).toMatch(/the consumer app\/1 did not start within 600 ms: waited for its first call/);
  });

  test('a command that there is not', async () => {
    const { result } = await runs.ran({ run: ['/no/such/program'] });
    expect(result.error?.message).toMatch(/there is no command/);
  });

  test('a consumer that cannot be loaded: its error is said, and not only where it was thrown', async () => {
    const { result } = await runs.ran({ run: ['node', 'not-there.mjs'] });
    expect(result.error?.message).toMatch(/failed with exit code 1; its error: Error: Cannot find module '.*not-there/);
  });

  test('a consumer that dies: its exit code is said, and nothing is green', async () => {
    // One record a page: no checkpoint may come to lie behind a record of its batch that was left out.
    const { result, verdict } = await runs.ran({ args: ['notail=10', 'fail=7', 'after=400', 'limit=1'] });
    expect(result.error).toMatchObject({ code: 'command' });
    expect(result.error?.message).toMatch(/the consumer app\/1 failed with exit code 7/);
    expect(verdict.verdict).toBe('unknown');
  });

  test('a record on which it fails again and again: still at work when its time is over, and unknown', async () => {
    const { claim, notes, events } = await runs.ran({ args: ['limit=40', 'poison'], doneMs: 900 });
    expect(claim('subject-loss')?.verdict).toBe('unknown');
    expect(notes).toMatch(/app was still at work 900 ms after the end of the load \(doneMs\)/);
    expect(events.some((event) => event.type === 'subject' && event.event === 'failed')).toBe(true);
  });

  test('a flood of 1 GB of lines: memory stays flat', { timeout: 120_000 }, async () => {
    const before = process.memoryUsage().rss;
    let most = 0;
    const look = setInterval(() => {
      most = Math.max(most, process.memoryUsage().rss);
    }, 50);
    const { verdict, notes } = await runs.ran({ args: ['flood=1000'], doneMs: 60_000, timeoutMs: 100_000 });
    clearInterval(look);
    expect(notes).toMatch(/and 1000000 other lines/);
    expect(verdict).toMatchObject({ subjects: [{ owed: 40, delivered: 40 }] });
    expect(most - before).toBeLessThan(400 * 1024 * 1024);
  });

  test('lines after the end are not of the history', async () => {
    const { verdict, events, notes } = await runs.ran({ lines: 'file', args: ['stays'] });
    expect([verdict.verdict, notes]).toEqual(['holds', '']);
    expect(events.at(-1)).toMatchObject({ type: 'end', reason: 'completed' });
  });
});
