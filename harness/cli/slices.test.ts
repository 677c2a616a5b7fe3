import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Verdict } from '../model/verdict.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { commandLine } from '../testing/misbehaving/command-line.ts';

/** Several drivers of one run, each a process, on one engine. */
const scenario = {
  name: 'sliced',
  why: 'a test',
  stream: { shards: 4 },
  workload: { keys: 40, recordsPerKey: 10 },
  producers: [{ type: 'putRecords', batch: 10 }],
  consumers: [{ type: 'getRecords' }],
  reshard: [{ action: 'SplitShard', afterAcked: 100, shard: 0 }],
};

let engine: RunningTarget;
let folder = '';
const place = (name: string): string => join(folder, name);
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-sliced-'));
  engine = await kinesalite.start({ region: 'us-east-1', cacheFolder: folder });
  await writeFile(place('sliced.scenario.json'), JSON.stringify(scenario));
});
afterAll(async () => {
  await engine.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = (out: string, ...flags: readonly string[]) =>
  commandLine(
    [
      'run',
      place('sliced.scenario.json'),
      '--endpoint',
      engine.client.endpoint ?? '',
      '--seed',
      '7',
      '--no-power',
      '--out',
      place(out),
      ...flags,
    ],
    { cwd: folder, deadlineMs: 100_000 },
  );

const merged = async (of: string) => {
  const ended = await commandLine(['merge-reports', place(of), '--reporter', `json=${place(`${of}.json`)}`], {
    cwd: folder,
    deadlineMs: 60_000,
  });
  return { ...ended, verdict: JSON.parse(await readFile(place(`${of}.json`), 'utf8')) as Verdict };
};

const said = ({ histories: [history] }: Verdict) => ({
  counts: history?.counts,
  flows: history?.order.flows,
  pairs: history?.order.pairs,
  claims: history?.claims.map(
    ({ anomaly, expect: wanted, verdict, found }) => `${anomaly} ${wanted} ${verdict} ${found}`,
  ),
});

test('three merged slices give the verdict of one driver and remove the stream; a missing slice makes it unknown', async () => {
  const slices = await Promise.all(
    [3, 1, 2].map((index) => run(`slices/${index}`, '--shard', `${index}/3`, '--group', 'g', '--shard-wait', '60')),
  );
  expect(slices.map(({ code, words }) => (code === 0 ? 0 : words))).toEqual([0, 0, 0]);
  const kinesis = createKinesis(engine.client);
  expect(await kinesis.listStreams()).toEqual([]);
  kinesis.close();
  expect((await run('whole')).code).toBe(0);
  const [latest] = (await readdir(place('whole'))).filter((name) => name.startsWith('r-'));
  const whole = JSON.parse(await readFile(join(place('whole'), latest ?? '', 'verdict.json'), 'utf8')) as Verdict;
  const { code, verdict } = await merged('slices');
  expect(code).toBe(0);
  expect(said(verdict)).toEqual(said(whole));
  expect(verdict.histories[0]?.power['keysAcrossReshard']).toBeGreaterThan(0);

  await cp(place('slices/1'), place('some/1'), { recursive: true });
  await cp(place('slices/3'), place('some/3'), { recursive: true });
  const some = await merged('some');
  expect(some.code).toBe(4);
  expect(some.words).toContain('sliced (g): slice 2 of 3 is missing: add the report that its run --shard wrote');

  const own = await run('some/again', '--shard', '1/1', '--group', 'g');
  expect(own.code).toBe(0);
  expect((await merged('some')).words).toContain('sliced (g): slice 2 of 3 is missing');
});

test('a slice that is alone ends at its deadline, says for whom it waited, and leaves no stream', async () => {
  const [first, second] = await Promise.all([
    run('alone/1', '--shard', '1/2', '--group', 'alone', '--shard-wait', '2'),
    run('alone/2', '--shard', '2/2', '--group', 'other', '--shard-wait', '2'),
  ]);
  expect(first?.code).toBe(3);
  expect(first?.words).toContain('slice 1/2 waited 2 s for slice 2 to be ready');
  expect(second?.code).toBe(3);
  expect(second?.words).toContain('slice 1 did not make the stream kinesis-order-g-other-sliced within 2 s');
  const kinesis = createKinesis(engine.client);
  expect(await kinesis.listStreams()).toEqual([]);
  kinesis.close();
});

test.each([
  [['--shard', '0/3', '--group', 'g'], 'there is no slice 0 of 3: they are counted from 1'],
  [['--shard', '4/3', '--group', 'g'], 'there is no slice 4 of 3: they are counted from 1'],
  [['--shard', 'auto', '--group', 'g'], '--shard auto: no variable tells which slice this is'],
])('%j is refused with exit code 2', async (flags, words) => {
  const ended = await run('refused', ...flags);
  expect(ended.code).toBe(2);
  expect(ended.words).toContain(words);
});
