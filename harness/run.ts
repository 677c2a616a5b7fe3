import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openRecorder } from './history/open-recorder.ts';
import type { Recorder } from './history/recorder.ts';
import { createKinesis } from './kinesis/create-kinesis.ts';
import type { Kinesis, StreamSummary } from './kinesis/kinesis.ts';
import type { Clock } from './lib/clock.ts';
import { HarnessError } from './lib/error.ts';
import { apiProvisioner } from './provision/api.ts';
import { streamNameOf } from './provision/names.ts';
import { driveRun } from './run/drive.ts';
import { headOf } from './run/head.ts';
import type { RunOptions, RunResult } from './run/options.ts';
import type { ResolvedScenario } from './scenario/resolved.ts';
import type { RunningTarget } from './targets/target.ts';

export type { Progress, RunOptions, RunResult } from './run/options.ts';

const tearDownMs = 8000;

/**
 * One scenario, from an empty target to a finished history: provision, load, heal, seal, drain, tear down. Judging is another matter. Rejects only when no history
 * could be begun; whatever fails later stands in its end.
 */
export const run = async (options: RunOptions): Promise<RunResult> => {
  const { scenario, target, clock } = options;
  const kinesis = createKinesis(target.client);
  const name = streamNameOf(options.run, scenario.name);
  const provisioner = apiProvisioner(kinesis);
  const deadlineMs = scenario.budget.reshardMs * target.slowness;
  let isMade = false;
  try {
    options.onProgress?.({ phase: 'provision', acked: 0, planned: 0, read: 0 });
    isMade = true;
    const spec = { name, shards: scenario.stream.shards, mode: scenario.stream.mode, run: options.run };
    const summary = await provisioner.create(spec, deadlineMs, options.signal);
    assertKeysCount(summary, name);
    return await recorded(options, kinesis, name, summary);
  } finally {
    options.onProgress?.({ phase: 'tear-down', acked: 0, planned: 0, read: 0 });
    if (isMade && !options.keep) await withDeadline(provisioner.remove(name, deadlineMs), tearDownMs, clock);
    kinesis.close();
  }
};

const assertKeysCount = ({ distribution }: StreamSummary, name: string): void => {
  if (distribution !== 'AUTO') return;
  throw new HarnessError(
    'target',
    `stream ${name} distributes records by itself (RecordDistributionStrategy AUTO): partition keys promise nothing there`,
    {
      hint: 'switch it to USER_PARTITION_KEY with UpdateStreamRecordDistributionStrategy',
    },
  );
};

const recorded = async (
  options: RunOptions,
  kinesis: Kinesis,
  name: string,
  summary: StreamSummary,
): Promise<RunResult> => {
  const history = join(options.folder, `${options.scenario.name}.ndjson`);
  const broken = new AbortController();
  const recorder = await openRecorder({
    path: history,
    head: headOf(options, name, summary),
    clock: options.clock,
    onError: (error) => broken.abort(error),
  });
  const signal = AbortSignal.any([options.signal, broken.signal]);
  const result = await finished(options, recorder, history, () =>
    driveRun({ ...options, signal, kinesis, stream: name, recorder, identityRun: identityOf(options.scenario) }),
  );
  await recorder.close();
  return options.keep ? { ...result, kept: name } : result;
};

/** Payloads carry this name of the run: by the seed, so that the same seed sends the same bytes. */
const identityOf = ({ seed, name }: ResolvedScenario): string =>
  createHash('sha256').update(`${seed}/${name}`).digest('hex').slice(0, 8);

const finished = async (
  options: RunOptions,
  recorder: Recorder,
  history: string,
  drive: () => Promise<void>,
): Promise<RunResult> => {
  try {
    await drive();
    options.signal.throwIfAborted();
    recorder.write({ type: 'phase', phase: 'done' });
    recorder.write({ type: 'end', reason: 'completed' });
    return { history, reason: 'completed' };
  } catch (thrown) {
    const error = withWords(thrown, options.target);
    const reason = options.signal.aborted ? 'interrupted' : 'failed';
    recorder.write({ type: 'end', reason, error: error.message });
    return reason === 'interrupted' ? { history, reason } : { history, reason, error };
  }
};

/** An engine that died says why only in what it printed. */
const withWords = (thrown: unknown, target: RunningTarget): Error => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  const words = target.words();
  const text = words === '' ? error.message : `${error.message}; ${target.engine} printed: ${words.slice(-600)}`;
  return new HarnessError('target', text, { cause: error });
};

/** Tear-down never outlives its welcome: what it could not remove, `clean` finds. */
const withDeadline = async (work: Promise<void>, ms: number, clock: Clock): Promise<void> => {
  const done = new AbortController();
  const timer = clock.sleep(ms, done.signal).catch(() => undefined);
  await Promise.race([work.catch(() => undefined), timer]);
  done.abort();
};
