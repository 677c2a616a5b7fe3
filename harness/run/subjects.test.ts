import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkHistory } from '../judging/check-history.ts';
import { systemClock } from '../lib/clock.ts';
import type { EventBody } from '../model/event.ts';
import { command, putRecord, splitShard } from '../scenario/define.ts';
import type { FaultInput, ReshardInput, SubjectCommandInput } from '../scenario/input.ts';
import { resolveScenario } from '../scenario/resolve.ts';
import { vocabulary } from '../session/catalog.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import { run } from './run.ts';

const program = fileURLToPath(new URL('../testing/stand-ins/consumer.mjs', import.meta.url));
let folder: string;
let target: RunningTarget;
let runs = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-subjects-'));
  target = await kinesalite.start({ cacheFolder: folder });
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true, force: true });
});

type Given = Partial<SubjectCommandInput> & {
  readonly args?: readonly string[];
  readonly shards?: number;
  readonly isOwing?: boolean;
  readonly faults?: readonly FaultInput[];
  readonly reshard?: readonly ReshardInput[];
};

/** 40 records under 8 keys, and a consumer that reads them. */
const ran = async ({ args = [], shards = 2, isOwing = true, faults = [], reshard = [], ...given }: Given) => {
  runs += 1;
  const number = runs;
  const consumer = command({
    name: 'app',
    role: 'subject',
    run: [process.execPath, program, 'stream={stream}', ...args],
    ...(isOwing ? { owes: 'TRIM_HORIZON' } : {}),
    doneMs: 1200,
    gracefulShutdown: { signal: 'SIGTERM', timeoutMs: 500 },
    ...given,
  });
  const input = {
    name: 'subjects',
    why: 'a test',
    stream: { shards },
    workload: { keys: 8, recordsPerKey: 5 },
    producers: [putRecord()],
    consumers: [consumer],
    faults,
    reshard,
  };
  const scenario = resolveScenario(input, { file: 'x', vocabulary, seed: '1', folder });
  const at = join(folder, `run-${number}`);
  const signal = new AbortController().signal;
  const result = await run({
    scenario,
    target,
    folder: at,
    run: `r-s${number}`,
    clock: systemClock(),
    keep: false,
    signal,
  });
  const lines = (await readFile(result.history, 'utf8')).trim().split('\n');
  const verdict = await checkHistory(result.history);
  const subjectClaims = verdict.claims.filter(({ anomaly }) =>
    /subject|checkpoint|effect|owners|fetched|child/.test(anomaly),
  );
  return {
    result,
    verdict,
    events: lines.map((line) => JSON.parse(line) as EventBody),
    claim: (anomaly: string) => verdict.claims.find((claim) => claim.anomaly === anomaly),
    violated: subjectClaims.filter((claim) => claim.verdict === 'violated').map(({ anomaly }) => anomaly),
    open: subjectClaims.filter((claim) => claim.verdict === 'unknown').map(({ anomaly }) => anomaly),
    notes: (result.findings ?? []).join('; '),
  };
};

describe.concurrent('a consumer under test', () => {
  test('that handles all is complete, and what its client fetched is linked to it', async () => {
    const { verdict, violated, open, events, notes } = await ran({});
    expect([notes, violated, open]).toEqual(['', [], []]);
    expect(verdict.subjects).toMatchObject([
      { group: 'app', owed: 40, delivered: 40, redelivered: 0, neverReadShards: [] },
    ]);
    expect(events.filter((event) => event.type === 'reader')).toMatchObject([
      { reader: 'app', role: 'subject', owes: { from: 'TRIM_HORIZON', shards: 'all' } },
      { reader: 'app/1 fetch', role: 'live', of: 'app' },
      { reader: 'final', role: 'final' },
    ]);
    expect(verdict.verdict).toBe('holds');
  });

  // What is lost, and how: violated where it is owed, unknown where nothing is said of that, never holds.
  type Loss = [name: string, args: readonly string[], kind: string, found: number, given?: Given];
  const losses: Loss[] = [
    ['reads nothing', ['deaf', 'touch'], 'shard', 1],
    ['reads one shard of two', ['only=0'], 'shard', 1],
    ['loses its head', ['nohead=3'], 'head', 3],
    ['loses one in the middle', ['drop=12', 'limit=40'], 'middle', 1],
    ['loses its tail', ['notail=30'], 'tail', 10],
    ['never looks for children', ['static'], 'shard', 1, { shards: 1, reshard: [splitShard({ afterAcked: 20 })] }],
  ];
  test.each(losses)('that %s', async (...[, args, kind, found, given = {}]) => {
    const owed = await ran({ args, ...given });
    expect(owed.claim('subject-loss')).toMatchObject({ verdict: 'violated', found });
    expect(owed.verdict.findings.find(({ anomaly }) => anomaly === 'subject-loss')).toMatchObject({
      kind,
      blame: 'consumer',
    });
    expect(owed.verdict.findings.filter(({ blame }) => blame !== 'consumer')).toEqual([]);
  });

  test.each(losses)('that %s, and of which nothing is said to be owed', async (...[, args, kind, , given = {}]) => {
    const { claim, verdict } = await ran({ args, ...given, isOwing: false });
    expect(claim('subject-loss')?.verdict).toBe(kind === 'middle' ? 'violated' : 'unknown');
    expect(verdict.verdict).not.toBe('holds');
  });
});
