import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openRecorder } from '../history/open-recorder.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { awaitedProvisioner } from '../provision/awaited.ts';
import { type ChosenProvisioner, chooseProvisioner } from '../provision/choose.ts';
import { streamNameOf } from '../provision/names.ts';
import type { Provisioned } from '../provision/provisioner.ts';
import type { ResolvedScenario } from '../scenario/resolved.ts';
import { type Preflight, preflightOnce, skewNote } from '../targets/preflight.ts';
import { hashKeysOf } from '../workload/hash-keys.ts';
import { driveRun } from './drive.ts';
import type { DriveOptions } from './drive-options.ts';
import { errorOf, finished } from './ending.ts';
import { follow } from './follow.ts';
import { Group } from './group.ts';
import { headOf } from './head.ts';
import { unanswered } from './liveness.ts';
import type { RunOptions, RunResult } from './options.ts';
import { takePresentEnd } from './present-end.ts';
import { assertSliceable, plannedOf, slicedScenario } from './sliced.ts';
import {
  asSeen,
  assertKeysCount,
  assertKeysWanted,
  assertResourcesAllowed,
  assertRoom,
  assertStack,
} from './stream-of.ts';
import { tearDown, withLeftover } from './tear-down.ts';

export type { Progress, RunOptions, RunResult } from './options.ts';

/**
 * Runs one scenario, from an empty target to a finished history: provision, load, heal, seal, drain, tear down. It
 * does not judge. It rejects only if no history could be begun; later errors are in the last line of the history.
 */
export const run = async (options: RunOptions): Promise<RunResult> => {
  const { target, clock } = options;
  const scenario = slicedScenario(options.scenario, options.slice);
  const kinesis = createKinesis(target.client);
  const { slice } = options;
  const name = streamNameOf(slice === undefined ? options.run : `g-${slice.group}`, scenario.name);
  const { existing, template } = scenario.stream;
  const withinMs = options.sliceWaitMs ?? sliceWaitMs;
  const isAwaited = slice !== undefined && slice.index > 1 && existing === undefined;
  const provisioner: Pick<ChosenProvisioner, 'create' | 'remove' | 'reshard' | 'close'> = isAwaited
    ? { ...awaitedProvisioner({ kinesis, clock, withinMs }), close: () => undefined }
    : chooseProvisioner({
        kinesis,
        client: target.client,
        hasCloudformation: target.capabilities.cloudformation,
        existing,
        template,
        way: options.provision,
      });
  const group =
    slice === undefined || existing !== undefined
      ? undefined
      : new Group({ kinesis, stream: name, slice, clock, withinMs });
  const deadlineMs = scenario.budget.reshardMs * target.slowness;
  let mayBeThere = false;
  const remove = async (): Promise<string | undefined> =>
    options.keep || !mayBeThere ? undefined : tearDown({ provisioner, name, target, clock });
  try {
    options.onProgress?.({ phase: 'provision', acked: 0, planned: 0, read: 0 });
    assertKeysWanted(scenario);
    if (slice !== undefined) assertSliceable(scenario);
    assertStack(scenario, provisioner.reshard !== undefined);
    assertResourcesAllowed(scenario, options.allowResources === true);
    // A module that cannot be loaded is reported before anything is created.
    await hashKeysOf(scenario.workload.explicitHashKey, scenario.seed);
    const before = await preflightOnce(target);
    assertRoom(scenario, before);
    const spec = { ...scenario.stream, name, run: options.run };
    mayBeThere = true;
    const stream = await provisioner.create(spec, deadlineMs, options.signal);
    assertKeysCount(stream);
    const { reshard } = provisioner;
    const byStack =
      reshard === undefined ? {} : { reshardByStack: (shards: number) => reshard({ ...spec, shards }, deadlineMs) };
    const seen = { ...options, scenario: asSeen(scenario, stream) };
    const result = await recorded(seen, {
      kinesis,
      stream,
      before,
      ...byStack,
      ...(group === undefined ? {} : { group }),
    });
    const others = await group?.over(result.reason === 'completed' ? 'done' : 'failed', options.signal);
    options.onProgress?.({ phase: 'tear-down', acked: 0, planned: 0, read: 0 });
    const isDead = result.reason === 'failed' && (await unanswered(kinesis, stream.name)) !== undefined;
    const why = isDead && existing === undefined ? 'the target no longer answers' : await remove();
    const told = others === undefined ? result : { ...result, findings: [...(result.findings ?? []), others] };
    return why === undefined ? told : { ...told, left: { stream: name, why } };
  } catch (thrown) {
    const why = await remove();
    throw why === undefined ? thrown : withLeftover(thrown, name, why);
  } finally {
    provisioner.close();
    kinesis.close();
  }
};

/** How long a slice waits for the others by default, because machines of one job may start minutes apart. */
const sliceWaitMs = 300_000;

type Made = Pick<DriveOptions, 'kinesis' | 'reshardByStack' | 'group'> & {
  readonly stream: Provisioned;
  readonly before: Preflight;
};

const recorded = async (options: RunOptions, { stream, before, ...made }: Made): Promise<RunResult> => {
  const { kinesis } = made;
  const { scenario, run: id, signal } = options;
  const history = join(options.folder, `${scenario.name}.ndjson`);
  const broken = new AbortController();
  const isShared = scenario.stream.existing !== undefined;
  const past = isShared ? { presentEnd: await takePresentEnd({ kinesis, stream: stream.name, run: id, signal }) } : {};
  const recorder = await openRecorder({
    path: history,
    head: headOf({ ...options, stream, ...past, skewMs: before.skewMs }),
    clock: options.clock,
    onError: (error) => broken.abort(error),
  });
  let failed: HarnessError | undefined;
  let unsent = 0;
  const found: string[] = [];
  const note = (text: string): void => {
    found.push(text);
    recorder.write({ type: 'note', text });
  };
  for (const text of [skewNote(before), ...stream.findings]) if (text !== undefined) note(text);
  const either = follow(signal, broken.signal);
  const { slice } = options;
  const mine = slice === undefined ? (isShared ? id : '') : `${slice.group}/${slice.index}`;
  const identityRun = identityOf(scenario, mine);
  const planned = slice === undefined ? {} : { planned: plannedOf(scenario, slice) };
  const result = await finished(options, recorder, history, async () => {
    await driveRun({
      ...options,
      ...made,
      ...past,
      ...planned,
      signal: either.signal,
      stream: stream.name,
      recorder,
      identityRun,
      note,
      neverSent: (count) => (unsent = count),
      commandFailed: (words) => {
        note(words);
        failed ??= new HarnessError('command', words);
      },
    });
    return unsent === 0 ? {} : { neverSent: unsent };
  });
  either.release();
  const findings = found.length === 0 ? {} : { findings: found };
  const kept = { ...(options.keep && !isShared ? { kept: stream.name } : {}), ...findings };
  try {
    await recorder.close();
    return { ...result, ...(failed === undefined || result.error !== undefined ? {} : { error: failed }), ...kept };
  } catch (thrown) {
    // The disk refused a write, so the history has no end line, which makes it incomplete.
    return { history, reason: 'failed', error: errorOf(thrown), ...kept };
  }
};

/**
 * The name of the run in payloads: 8 hex digits, from the seed, so that the same seed sends the same bytes. If runs
 * may share a stream, also from the run.
 */
const identityOf = ({ seed, name }: ResolvedScenario, run: string): string =>
  createHash('sha256')
    .update(`${seed}/${name}${run === '' ? '' : `/${run}`}`)
    .digest('hex')
    .slice(0, 8);
