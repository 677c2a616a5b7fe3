import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command, putRecord } from '../../index.ts';
import { checkHistory } from '../../judging/check-history.ts';
import { systemClock } from '../../lib/clock.ts';
import type { Head, HistoryEvent } from '../../model/event.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import type { RunResult } from '../../run/options.ts';
import { run } from '../../run/run.ts';
import type { AnyVariant } from '../../scenario/input.ts';
import type { ReshardInput } from '../../scenario/reshard.ts';
import { resolveScenario } from '../../scenario/resolve.ts';
import { vocabulary } from '../../session/catalog.ts';
import type { command as subject } from '../../subjects/command.ts';
import { kinesalite } from '../../targets/kinesalite.ts';

const program = fileURLToPath(new URL('consumer.mjs', import.meta.url));

export type Given = Partial<Parameters<typeof subject>[0]> & {
  readonly args?: readonly string[];
  readonly shards?: number;
  readonly faults?: readonly AnyVariant[];
  readonly reshard?: readonly ReshardInput[];
  readonly loadMs?: number;
};

type Lines = readonly (Head | HistoryEvent)[];
export type SubjectRun = {
  readonly result: RunResult;
  readonly events: Lines;
  readonly verdict: HistoryVerdict;
  readonly notes: string;
  readonly folder: string;
  readonly claim: (anomaly: string) => HistoryVerdict['claims'][number] | undefined;
  /** The same history, where nothing says what is owed. */
  readonly withoutOwes: () => Promise<HistoryVerdict>;
};

/** Runs of a consumer under test on one engine: 40 records under 8 keys, and `consumer.mjs`, which reads them. */
export const subjectRuns = async () => {
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-subjects-'));
  const target = await kinesalite.start({ cacheFolder: folder });
  let runs = 0;
  const ran = async (given: Given): Promise<SubjectRun> => {
    const { args = [], shards = 2, faults = [], reshard = [], loadMs = 30_000, ...more } = given;
    runs += 1;
    const at = join(folder, `run-${runs}`);
    const consumer = command({
      name: 'app',
      role: 'subject',
      run: [process.execPath, program, 'stream={stream}', ...args],
      owes: 'TRIM_HORIZON',
      doneMs: 4000,
      gracefulShutdown: { signal: 'SIGTERM', timeoutMs: 500 },
      ...more,
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
      budget: { loadMs },
    };
    const scenario = resolveScenario(input, { file: 'x', vocabulary, seed: '1', folder });
    const { signal } = new AbortController();
    const clock = systemClock();
    const result = await run({
      scenario,
      target,
      folder: at,
      run: `r-${basename(folder)}-${runs}`,
      clock,
      keep: false,
      signal,
    });
    const lines = (await readFile(result.history, 'utf8')).trim().split('\n');
    const events = lines.map((line) => JSON.parse(line) as HistoryEvent);
    const verdict = await checkHistory(result.history);
    return {
      result,
      verdict,
      events,
      folder: at,
      notes: (result.findings ?? []).join('; '),
      claim: (anomaly) => verdict.claims.find((claim) => claim.anomaly === anomaly),
      withoutOwes: () => checkHistory(events.map((event) => (event.type === 'reader' ? unowing(event) : event))),
    };
  };
  const close = async (): Promise<void> => {
    await target.stop();
    await rm(folder, { recursive: true, force: true });
  };
  return { ran, close, folder };
};

const unowing = (event: Extract<HistoryEvent, { readonly type: 'reader' }>): HistoryEvent => {
  const { owes: _, ...rest } = event;
  return rest;
};

export const violatedOf = ({ claims }: HistoryVerdict): readonly string[] =>
  claims.filter(({ verdict }) => verdict === 'violated').map(({ anomaly }) => anomaly);
