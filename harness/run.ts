import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openRecorder } from './history/open-recorder.ts';
import type { Recorder } from './history/recorder.ts';
import { createKinesis } from './kinesis/create-kinesis.ts';
import type { Kinesis, StreamSummary } from './kinesis/kinesis.ts';
import type { Clock } from './lib/clock.ts';
import { HarnessError, messageOf } from './lib/error.ts';
import { chooseProvisioner } from './provision/choose.ts';
import { streamNameOf } from './provision/names.ts';
import type { Provisioned } from './provision/provisioner.ts';
import { driveRun } from './run/drive.ts';
import { follow } from './run/follow.ts';
import { headOf } from './run/head.ts';
import { unanswered } from './run/liveness.ts';
import type { RunOptions, RunResult } from './run/options.ts';
import { within } from './run/within.ts';
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
  const hasCloudformation = target.capabilities.cloudformation;
  const provisioner = chooseProvisioner({
    kinesis,
    client: target.client,
    hasCloudformation,
    way: options.provision,
  });
  const deadlineMs = scenario.budget.reshardMs * target.slowness;
  const remove = (): Promise<string | undefined> =>
    options.keep ? Promise.resolve(undefined) : removed(provisioner.remove(name, deadlineMs), clock);
  try {
    options.onProgress?.({ phase: 'provision', acked: 0, planned: 0, read: 0 });
    assertKeysWanted(scenario);
    const spec = { ...scenario.stream, name, run: options.run };
    const summary = await provisioner.create(spec, deadlineMs, options.signal);
    assertKeysCount(summary, name);
    const result = await recorded(options, kinesis, name, summary);
    options.onProgress?.({ phase: 'tear-down', acked: 0, planned: 0, read: 0 });
    const isDead = result.reason === 'failed' && (await unanswered(kinesis, name)) !== undefined;
    const why = isDead ? 'the target no longer answers' : await remove();
    return why === undefined ? result : { ...result, left: { stream: name, why } };
  } catch (thrown) {
    await remove();
    throw thrown;
  } finally {
    provisioner.close();
    kinesis.close();
  }
};

/** Asked for in the file: refused before anything is made. */
const assertKeysWanted = ({ stream, name }: ResolvedScenario): void => {
  if (stream.recordDistributionStrategy !== 'AUTO') return;
  throw new HarnessError(
    'usage',
    `${name}: stream.recordDistributionStrategy: AUTO ignores every partition key, so that no order of keys is left to be tested`,
    { hint: 'leave it out, or say USER_PARTITION_KEY' },
  );
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
  summary: Provisioned,
): Promise<RunResult> => {
  const history = join(options.folder, `${options.scenario.name}.ndjson`);
  const broken = new AbortController();
  const recorder = await openRecorder({
    path: history,
    head: headOf(options, name, summary),
    clock: options.clock,
    onError: (error) => broken.abort(error),
  });
  for (const text of summary.findings) recorder.write({ type: 'note', text });
  const either = follow(options.signal, broken.signal);
  const identityRun = identityOf(options.scenario);
  const result = await finished(options, recorder, history, () =>
    driveRun({ ...options, signal: either.signal, kinesis, stream: name, recorder, identityRun }),
  );
  either.release();
  const findings = summary.findings.length === 0 ? {} : { findings: summary.findings };
  const kept = { ...(options.keep ? { kept: name } : {}), ...findings };
  try {
    await recorder.close();
    return { ...result, ...kept };
  } catch (thrown) {
    // The disk refused: what is there of the history has no end, and says so.
    return { history, reason: 'failed', error: errorOf(thrown), ...kept };
  }
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

const errorOf = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));

/** An engine that died says why only in what it printed. */
const withWords = (thrown: unknown, target: RunningTarget): Error => {
  const error = errorOf(thrown);
  const words = target.words();
  // What is wrong with the scenario is not the engine's doing.
  if (error instanceof HarnessError && error.code === 'usage') return error;
  const text = words === '' ? error.message : `${error.message}; ${target.engine} printed: ${words.slice(-600)}`;
  const hint = error instanceof HarnessError && error.hint !== undefined ? { hint: error.hint } : {};
  return new HarnessError('target', text, { cause: error, ...hint });
};

/** Tear-down never outlives its welcome: what it could not remove is told, and `clean` finds it. */
const removed = async (work: Promise<void>, clock: Clock): Promise<string | undefined> => {
  const { signal } = new AbortController();
  try {
    const isGone = await within({ clock, budgetMs: tearDownMs, signal }, work);
    return isGone ? undefined : `it was not gone ${tearDownMs} ms after DeleteStream`;
  } catch (thrown) {
    return messageOf(thrown);
  }
};
