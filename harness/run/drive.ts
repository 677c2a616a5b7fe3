import type { Recorder } from '../history/recorder.ts';
import { createKinesis } from '../kinesis/create-kinesis.ts';
import type { Kinesis } from '../kinesis/kinesis.ts';
import { HarnessError } from '../lib/error.ts';
import { type Proxy, startProxy } from '../proxy/proxy.ts';
import { armedFaults, type Firings, recordFirings } from './arm.ts';
import { type Counters, counters } from './counters.ts';
import type { RunOptions } from './options.ts';
import { produce } from './produce.ts';
import { type Readers, readers } from './readers.ts';
import { reshards } from './reshards.ts';
import { seal } from './seal.ts';
import { recordTopology } from './topology.ts';

export type DriveOptions = RunOptions & {
  readonly kinesis: Kinesis;
  readonly stream: string;
  readonly recorder: Recorder;
  readonly identityRun: string;
};

/** The phases of a run, one after the other: load (producers, live readers, reshards and faults at once), heal, seal, drain. */
export const driveRun = async (options: DriveOptions): Promise<void> => {
  const { scenario, target } = options;
  const counts = counters();
  const ops = counter();
  await recordTopology(options);
  const firings = recordFirings(options);
  const proxy =
    scenario.faults.length === 0
      ? undefined
      : await startProxy({
          upstream: target.client.endpoint ?? '',
          faults: armedFaults(options),
          onFired: firings.fired,
        });
  const measured = proxy === undefined ? undefined : createKinesis({ ...target.client, endpoint: proxy.endpoint });
  const live = readers({ ...options, counts, nextChain: counter() });
  try {
    await load({ options, counts, ops, measured, live });
    await heal(options, proxy, firings);
    phase(options, 'seal', counts);
    live.seal(await seal({ ...options, nextOp: ops, highest: counts.highest }));
    await drain(options, counts, live);
    await recordTopology(options);
  } finally {
    await live.stop();
    measured?.close();
    await proxy?.close();
  }
};

const counter = (): (() => number) => {
  let next = 0;
  return () => {
    next += 1;
    return next;
  };
};

const phase = (
  { recorder, onProgress }: DriveOptions,
  name: 'load' | 'heal' | 'seal' | 'drain',
  counts: Counters,
  planned = 0,
): void => {
  recorder.write({ type: 'phase', phase: name });
  onProgress?.({ phase: name, acked: counts.acked(), planned, read: counts.read() });
};

type Load = {
  readonly options: DriveOptions;
  readonly counts: Counters;
  readonly ops: () => number;
  readonly measured: Kinesis | undefined;
  readonly live: Readers;
};

const load = async ({ options, counts, ops, measured, live }: Load): Promise<void> => {
  phase(options, 'load', counts);
  const { scenario, target, signal, clock } = options;
  const over = new AbortController();
  const budgetMs = scenario.budget.loadMs * target.slowness;
  const loading = AbortSignal.any([signal, over.signal]);
  live.startLive();
  const timer = clock.sleep(budgetMs, loading).then(
    () =>
      over.abort(
        new HarnessError(
          'target',
          `load was not over after ${budgetMs} ms: ${counts.acked()} records were acknowledged`,
          { hint: 'give the scenario a larger budget.loadMs, or less work' },
        ),
      ),
    () => undefined,
  );
  try {
    const producing = produce({
      ...options,
      signal: loading,
      counts,
      nextOp: ops,
      kinesis: measured ?? options.kinesis,
      isTagged: measured !== undefined,
    });
    await Promise.all([producing.finally(counts.loadOver), reshards({ ...options, signal: loading, counts })]);
    loading.throwIfAborted();
  } finally {
    counts.loadOver();
    over.abort();
    await timer;
  }
};

const heal = async (options: DriveOptions, proxy: Proxy | undefined, firings: Firings): Promise<void> => {
  options.recorder.write({ type: 'phase', phase: 'heal' });
  await proxy?.heal();
  firings.finish();
};

/** Live readers go on to the sentinels; then a fresh one reads everything. A deadline ends both, and what was not read stays unseen. */
const drain = async (options: DriveOptions, counts: Counters, live: Readers): Promise<void> => {
  phase(options, 'drain', counts);
  const { scenario, target, recorder } = options;
  const budgetMs = scenario.budget.drainMs * target.slowness;
  const isLiveDone = await live.finish(budgetMs);
  if (!isLiveDone)
    recorder.write({ type: 'note', text: `live readers had not passed the sentinels after ${budgetMs} ms` });
  options.signal.throwIfAborted();
  const isFinalDone = await live.readFinal(budgetMs);
  if (!isFinalDone)
    recorder.write({ type: 'note', text: `the final reader had not passed the sentinels after ${budgetMs} ms` });
  options.signal.throwIfAborted();
};
