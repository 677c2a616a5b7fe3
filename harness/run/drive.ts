import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { ClientOptions, Kinesis } from '../kinesis/kinesis.ts';
import { counter } from '../lib/counter.ts';
import { HarnessError } from '../lib/error.ts';
import { several } from '../lib/several.ts';
import { nameOf } from '../targets/target.ts';
import { areListsPlanted, hasGatewayFaults, recordFirings } from './arm.ts';
import { type Between, needsGateway, startBetween } from './between.ts';
import { type Counters, counters } from './counters.ts';
import type { DriveOptions } from './drive-options.ts';
import { follow } from './follow.ts';
import { cannotHoldBack, HoldBack, isMaybeSlow } from './hold-back.ts';
import { liveness } from './liveness.ts';
import { OwnRecords } from './own-records.ts';
import { plannedRecords, produce } from './produce.ts';
import { type Readers, readers } from './readers.ts';
import { reshards } from './reshards.ts';
import { seal } from './seal.ts';
import { type Subjects, subjectsOf } from './subjects.ts';
import { recordTopology } from './topology.ts';

/**
 * Goes through the phases of a run: load (producers, live readers, reshards and faults at once), heal, seal, drain.
 */
export const driveRun = async (options: DriveOptions): Promise<void> => {
  const counts = counters();
  const ops = counter();
  await options.group?.begin(options.signal);
  await recordTopology(options);
  const firings = recordFirings(options);
  const nextChain = counter();
  const between = await startBetween(options, firings, { counts, nextOp: ops, nextChain });
  const isTagged = hasGatewayFaults(options.scenario);
  const measured = createKinesis(measuredClient(options, isTagged ? between : undefined));
  const read = between?.read;
  const own = options.slice === undefined ? undefined : new OwnRecords(options.slice);
  const live = readers({
    ...options,
    own,
    ...(read === undefined ? {} : { read }),
    counts,
    nextChain,
    clientOf: between?.clientOf,
  });
  const subjects = subjectsOf({ ...options, counts, nextChain, firings, programs: between });
  try {
    await subjects.start();
    await load({ options, counts, ops, measured, live, isTagged, between });
    await heal(options, between);
    await options.group?.loaded(options.signal);
    phase(options, 'seal', counts);
    const sentinels = await sealed({ options, nextOp: ops, counts, between });
    live.seal(sentinels);
    await drain({ options, counts, live, subjects, sentinels });
    firings.finish();
    if (own !== undefined && own.others > 0) noteOthers(options, own.others);
    await recordTopology({ ...options, kinesis: listerOf(options, between) ?? options.kinesis });
  } finally {
    await subjects.stop();
    await live.stop();
    measured.close();
    await between?.close();
  }
};

const noteOthers = ({ recorder }: DriveOptions, others: number): void => {
  recorder.write({ type: 'note', text: `${several(others, 'record')} of other slices read and left out` });
};

/** More sockets than any scenario has calls in flight, so that no call waits for a socket. */
const socketsMax = 4096;

const measuredClient = ({ target, scenario }: DriveOptions, between: Between | undefined): ClientOptions => ({
  ...target.client,
  ...(between === undefined ? {} : { endpoint: between.endpoint }),
  requestTimeoutMs: scenario.budget.callMs * target.slowness,
  maxSockets: socketsMax,
});

const phase = (
  { recorder, scenario, onProgress, planned }: DriveOptions,
  name: 'load' | 'heal' | 'seal' | 'drain',
  counts: Counters,
): void => {
  recorder.write({ type: 'phase', phase: name });
  onProgress?.({
    phase: name,
    acked: counts.acked(),
    planned: planned ?? plannedRecords(scenario),
    read: counts.read(),
  });
};

type Load = {
  readonly options: DriveOptions;
  readonly counts: Counters;
  readonly ops: () => number;
  readonly measured: Kinesis;
  readonly live: Readers;
  readonly isTagged: boolean;
  readonly between: Between | undefined;
};

/**
 * Ends when all producers and reshards have ended. The first failure, the budget or a dead engine stops them; calls
 * that are still in flight are recorded. Rejects with the reason if it was stopped.
 */
const load = async ({ options, counts, ops, measured, live, isTagged, between }: Load): Promise<void> => {
  phase(options, 'load', counts);
  const loading = follow(options.signal);
  const timer = follow(options.signal);
  const { kinesis, stream } = options;
  // On abort, the client is closed: calls in flight then end with their connections, and have an unknown outcome. A
  // signal for each call would cost more than the call's own bookkeeping.
  loading.signal.addEventListener('abort', measured.close, { once: true });
  const stopOn = (thrown: unknown): void => loading.abort(thrown);
  live.startLive(stopOn);
  const held = holdBackOf(options, counts, loading.signal);
  const holding = held === undefined ? {} : { holdBack: held };
  const producing = produce({
    ...options,
    ...holding,
    signal: loading.signal,
    counts,
    nextOp: ops,
    kinesis: measured,
    isTagged,
    programs: between,
    onOutcome: liveness({ kinesis, stream, who: nameOf(options.target), acked: counts.acked, onDead: stopOn }),
  });
  const caller = between?.clientOf?.('kinesis-order');
  const lister = listerOf(options, between);
  const resharding = reshards({ ...options, ...holding, signal: loading.signal, counts, caller, lister });
  const late = lateLoad(options, counts, { signal: timer.signal, tookMs: () => held?.tookMs ?? 0 }).then(
    stopOn,
    () => undefined,
  );
  await Promise.all([producing.catch(stopOn).finally(counts.loadOver), resharding.catch(stopOn)]);
  timer.abort();
  await late;
  loading.release();
  timer.release();
  loading.signal.throwIfAborted();
};

/**
 * Holds records back for planned reshards. Records that programs send by themselves cannot be held back; a note says
 * so.
 */
const holdBackOf = (options: DriveOptions, counts: Counters, signal: AbortSignal): HoldBack | undefined => {
  const { scenario, clock, target, note, planned = plannedRecords(scenario) } = options;
  const { reshard } = scenario;
  if (reshard.length === 0) return undefined;
  if (needsGateway(options) && isMaybeSlow(target)) note(cannotHoldBack);
  return new HoldBack({ reshard, planned, acked: counts.acked, clock, signal });
};

/** A client behind the gateway, so that a lie about shards also reaches the history. */
const listerOf = (options: DriveOptions, between: Between | undefined): Kinesis | undefined =>
  areListsPlanted(options) ? between?.clientOf?.('kinesis-order') : undefined;

type Waiting = { readonly signal: AbortSignal; readonly tookMs: () => number };

/** Resolves with an error when the budget of the producers is over. The time that reshards take extends the budget. */
const lateLoad = async (
  { scenario, target, clock, planned = plannedRecords(scenario) }: DriveOptions,
  counts: Counters,
  { signal, tookMs }: Waiting,
): Promise<HarnessError> => {
  const budgetMs = Math.round(scenario.budget.loadMs * target.slowness);
  await clock.sleep(budgetMs, signal);
  for (let given = 0; tookMs() - given >= 1; ) {
    const more = tookMs() - given;
    given += more;
    await clock.sleep(more, signal);
  }
  return new HarnessError(
    'target',
    `load was not over after ${budgetMs} ms (budget.loadMs): ${counts.acked()} of ${planned} records were acknowledged`,
    { hint: 'give the scenario a larger budget.loadMs, or less work' },
  );
};

/**
 * Releases the calls that faults hold, and waits for their answers until a deadline, because an engine may never
 * answer them.
 */
const heal = async (options: DriveOptions, between: Between | undefined): Promise<void> => {
  const { recorder, scenario, target, signal } = options;
  recorder.write({ type: 'phase', phase: 'heal' });
  const budgetMs = Math.round(scenario.budget.callMs * target.slowness);
  const hung = (await between?.heal({ withinMs: budgetMs, signal })) ?? 0;
  if (hung > 0) recorder.write({ type: 'note', text: `${hung} held calls were not answered within ${budgetMs} ms` });
  await between?.idle();
  for (const note of between?.notes() ?? []) options.note(note);
  options.neverSent(between?.unsent() ?? 0);
};

/**
 * Puts a sentinel into each shard, with the payload that consumers under test accept. Puts none if a consumer accepts
 * none.
 */
const sealed = async ({ options, nextOp, counts, between }: Sealing): Promise<ReadonlyMap<string, string>> => {
  const asked = options.scenario.consumers.map(({ sentinel }) => sentinel as SentinelOption);
  if (asked.includes(false)) return new Map();
  const [payload] = asked.flatMap((one) => (typeof one === 'object' ? [one.payload] : []));
  const own = payload === undefined ? {} : { payload, ...(between === undefined ? {} : { onMarker: between.mark }) };
  return seal({ ...options, nextOp, highest: counts.highest, ...own });
};

type Sealing = {
  readonly options: DriveOptions;
  readonly nextOp: () => number;
  readonly counts: Counters;
  readonly between: Between | undefined;
};
type SentinelOption = false | { readonly payload: string } | undefined;

type Drain = {
  readonly options: DriveOptions;
  readonly counts: Counters;
  readonly live: Readers;
  readonly subjects: Subjects;
  readonly sentinels: ReadonlyMap<string, string>;
};

/**
 * Lets live readers and consumers under test continue to the sentinels. Then the final reader reads everything. Each
 * has a deadline, and records that were not read by then stay unseen.
 */
const drain = async ({ options, counts, live, subjects, sentinels }: Drain): Promise<void> => {
  phase(options, 'drain', counts);
  const { scenario, target, note } = options;
  const budgetMs = Math.round(scenario.budget.drainMs * target.slowness);
  const [liveState] = await Promise.all([live.finish(budgetMs), subjects.finish(sentinels)]);
  // An interrupted wait ends early, too: its budget was not over.
  options.signal.throwIfAborted();
  if (liveState !== undefined)
    note(`live readers had not passed the sentinels after ${budgetMs} ms (budget.drainMs): ${liveState}`);
  await subjects.stop();
  const finalState = await live.readFinal(budgetMs);
  options.signal.throwIfAborted();
  if (finalState !== undefined)
    note(`the final reader had not passed the sentinels after ${budgetMs} ms (budget.drainMs): ${finalState}`);
};
