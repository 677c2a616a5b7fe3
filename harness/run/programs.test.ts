import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { command, fn, json, putRecord } from '../index.ts';
import { checkHistory } from '../judging/check-history.ts';
import { systemClock } from '../lib/clock.ts';
import type { Head, HistoryEvent } from '../model/event.ts';
import type { ScenarioInput } from '../scenario/input.ts';
import { resolveScenario } from '../scenario/resolve.ts';
import { vocabulary } from '../session/catalog.ts';
import { kinesalite } from '../targets/kinesalite.ts';
import type { RunningTarget } from '../targets/target.ts';
import type { RunResult } from './options.ts';
import { run } from './run.ts';

const file = (name: string): string => fileURLToPath(new URL(`../testing/stand-ins/${name}`, import.meta.url));
const program = (...steps: readonly string[]) => [process.execPath, file('program.mjs'), ...steps] as const;
let folder: string;
let target: RunningTarget;
let runs = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kinesis-order-programs-'));
  target = await kinesalite.start({ cacheFolder: folder });
});
afterAll(async () => {
  await target.stop();
  await rm(folder, { recursive: true, force: true });
});

const ran = async (input: Pick<ScenarioInput, 'producers'> & Partial<ScenarioInput>): Promise<RunResult> => {
  runs += 1;
  const given = { name: 'programs', why: 'a test', stream: { shards: 2 }, ...input };
  const scenario = resolveScenario(given, { file: 'x', vocabulary, seed: '1', folder });
  const signal = new AbortController().signal;
  const at = join(folder, `run-${runs}`);
  return run({ scenario, target, folder: at, run: `r-p${runs}`, clock: systemClock(), keep: false, signal });
};

const linesOf = async ({ history }: RunResult): Promise<readonly (Head | HistoryEvent)[]> =>
  (await readFile(history, 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as HistoryEvent);

describe('a command', () => {
  test('beside a producer of ours: one history, each with its own name, and faults by its calls', async () => {
    const result = await ran({
      producers: [
        command({ name: 'app', run: program('put:{stream}:12'), identity: json('/seq') }),
        putRecord({ name: 'ours' }),
      ],
      workload: { keys: 2, recordsPerKey: 5 },
      faults: [{ type: 'duplicate-record', producer: 'app', call: 3 }],
      reshard: [{ action: 'SplitShard', afterAcked: 8 }],
    });
    expect([result.reason, result.error]).toEqual(['completed', undefined]);
    const lines = await linesOf(result);
    const puts = lines.filter((line) => line.type === 'put' && line.role === undefined);
    const count = (name: string) => puts.filter((line) => line.type === 'put' && line.producer === name).length;
    expect([count('app'), count('ours')]).toEqual([12, 10]);
    expect(lines[0]).toMatchObject({ recorder: 'proxy', question: 'pipeline', identity: { from: 'json' } });
    expect(lines.filter(({ type }) => type === 'fault')).toMatchObject([{ phase: 'armed' }, { phase: 'fired' }]);
    const verdict = await checkHistory(result.history);
    expect(verdict.claims.filter((claim) => claim.verdict === 'violated').map(({ anomaly }) => anomaly)).toEqual([
      'duplicate',
    ]);
    expect(verdict.counts).toMatchObject({ acked: 22, read: 22 });
  });

  test('that fails leaves a whole history, and its own exit code', async () => {
    const result = await ran({
      producers: [command({ run: program('put:{stream}:6', 'say:out of luck', 'exit:3'), identity: json('/seq') })],
    });
    expect(result.reason).toBe('completed');
    expect(result.error).toMatchObject({ code: 'command' });
    expect(result.error?.message).toMatch(/failed with exit code 3; its last line: out of luck/);
    expect((await checkHistory(result.history)).verdict).toBe('holds');
  });

  test('that never calls is said to have waited for', async () => {
    const result = await ran({ producers: [command({ run: program('sleep:60000'), timeoutMs: 300 })] });
    expect(result.reason).toBe('failed');
    expect(result.error?.message).toMatch(/did not start within 300 ms: waited for its first call/);
  });

  test('that calls another region is told so', async () => {
    const result = await ran({
      producers: [command({ run: program('region:eu-central-1', 'put:{stream}:2'), identity: json('/seq') })],
    });
    expect(result.findings).toContainEqual(expect.stringMatching(/^p1 calls .* in eu-central-1, and the scenario's/));
  });

  test('that calls another stream is told the name of its own', async () => {
    const result = await ran({
      producers: [command({ run: program('put:orders:2'), identity: json('/seq') })],
    });
    expect(result.error?.message).toMatch(/exit code 1; its error: .*ResourceNotFound/);
    expect(result.findings).toContainEqual(
      expect.stringMatching(/^p1 calls the stream orders, and the scenario's stream is .*: .* KINESIS_ORDER_STREAM/),
    );
  });

  test('two with different identities do not fit into one history', async () => {
    const producers = [
      command({ name: 'a', run: program('say:x'), identity: json('/seq') }),
      command({ name: 'b', run: program('say:x') }),
    ];
    await expect(ran({ producers })).rejects.toThrow('a and b have different identities');
  });
});

describe('a program that is handed records', () => {
  const handed = (...flags: readonly string[]) =>
    command({ name: 'app', run: [process.execPath, file('handed.mjs'), ...flags], records: 'stdin' });

  test('puts them in order: intent is kept, and puts name when they were due', async () => {
    const result = await ran({ producers: [handed()], workload: { keys: 3, recordsPerKey: 6 } });
    const [, ...events] = await linesOf(result);
    const puts = events.filter((event) => event.type === 'put' && event.role === undefined);
    expect(puts).toHaveLength(18);
    for (const put of puts) if (put.type === 'put') expect(put.due).toBeLessThanOrEqual(put.t);
    expect((await checkHistory(result.history)).verdict).toBe('holds');
    expect(result.findings).toContainEqual(
      expect.stringMatching(/was handed 18 records; it said accepted of 0, done of 18, failed of 0/),
    );
  });

  test('that sends them in another order is found out, though each call was answered before the next', async () => {
    const result = await ran({ producers: [handed('--swap')], workload: { keys: 1, recordsPerKey: 8 } });
    const puts = (await linesOf(result)).filter((line) => line.type === 'put' && line.role === undefined);
    expect(puts.flatMap((line) => (line.type === 'put' ? line.entries.map(({ n }) => n) : []))).toEqual([
      1, 0, 3, 2, 5, 4, 7, 6,
    ]);
    const { claims } = await checkHistory(result.history);
    expect(claims.find(({ anomaly }) => anomaly === 'key-reorder')?.found).toBeGreaterThan(0);
  });

  test('one at a time, where that is asked', async () => {
    const one = command({ run: [process.execPath, file('handed.mjs')], records: 'stdin', inFlight: 1 });
    const result = await ran({ producers: [one], workload: { keys: 2, recordsPerKey: 3 } });
    expect((await checkHistory(result.history)).verdict).toBe('holds');
  });
});

test('a function in this process is handed records and an endpoint; what it keeps back is told', async () => {
  await writeFile(
    join(folder, 'mine.mjs'),
    `export const produce = async (records, { endpoint, stream, region, credentials }) => {
       for await (const { key, n, data } of records) {
         if (n === 2) continue;
         const Data = Buffer.from(data).toString('base64');
         await fetch(endpoint, {
           method: 'POST',
           headers: {
             'content-type': 'application/x-amz-json-1.1',
             'x-amz-target': 'Kinesis_20131202.PutRecord',
             'x-amz-date': '20261128T000000Z',
             authorization: \`AWS4-HMAC-SHA256 Credential=\${credentials.accessKeyId}/20261128/\${region}/kinesis/aws4_request, SignedHeaders=host, Signature=00\`,
           },
           body: JSON.stringify({ StreamName: stream, PartitionKey: key, Data }),
         });
       }
     };`,
  );
  const result = await ran({
    producers: [fn('./mine.mjs#produce', { name: 'app' })],
    workload: { keys: 2, recordsPerKey: 3 },
  });
  expect(result.findings).toContainEqual(expect.stringMatching(/2 records were handed over and never sent: app's /));
  expect(await checkHistory(result.history)).toMatchObject({
    verdict: 'unknown',
    unknown: ['2 records handed to a producer were never sent'],
  });
  const lines = await linesOf(result);
  expect(lines.filter((line) => line.type === 'put' && line.role === undefined)).toHaveLength(4);
  expect(lines[0]).not.toHaveProperty('identity');
});

test('a function that is not there is a usage error', async () => {
  const result = await ran({ producers: [fn('./none.mjs#produce')], workload: { keys: 1, recordsPerKey: 2 } });
  expect(result.error).toMatchObject({ code: 'usage' });
});
