import type { Clock } from '../lib/clock.ts';
import type { Progress } from './progress.ts';
import type { SealedStream } from './subject.ts';

export type UntilHandledOptions = {
  readonly name: string;
  readonly progress: Progress;
  readonly stream: SealedStream;
  readonly doneMs: number;
  /** True if none of its processes runs any more: it will print nothing more. */
  readonly isOver: () => boolean;
  /** True if one of its processes ended with an error. */
  readonly isFailed: () => boolean;
  readonly isPaused: () => boolean;
  readonly clock: Clock;
  readonly signal: AbortSignal;
};

const usPerMs = 1000;

/**
 * Waits for an application. Returns undefined if records that it has not handled count as lost: it handled everything,
 * ended by itself, or received and fetched nothing for half of `doneMs`. Otherwise returns the reason why it could
 * still have handled them.
 */
export const untilHandled = async (options: UntilHandledOptions): Promise<string | undefined> => {
  const { name, progress, stream, doneMs, isOver, isFailed, isPaused, clock, signal } = options;
  const begun = clock.now();
  const deadline = begun + doneMs * usPerMs;
  const quietUs = (doneMs * usPerMs) / 2;
  for (;;) {
    if (isFailed()) return `${name} failed before it had handled everything`;
    const missing = progress.missing(stream);
    if (missing.length === 0) return undefined;
    if (isOver()) return undefined;
    const now = clock.now();
    // An application that has not begun to read is not idle: it may still be starting.
    const quietAt = progress.isReading ? Math.max(progress.lastT, begun) + quietUs : deadline;
    if (now >= quietAt && progress.isSeen && !isPaused()) return timeoutReason(options, missing);
    if (now >= deadline || signal.aborted) return lateWords(options, missing);
    const next = Math.min(deadline, quietAt > now ? quietAt : deadline);
    await changedOr(progress, (next - now) / usPerMs, clock, signal);
  }
};

/**
 * The reason if every missing shard is closed and its end was not reported to an open subscription, or descends from
 * such a shard: there the application waits for the engine. undefined otherwise: missing records in another shard are
 * not excused.
 */
const timeoutReason = (
  { name, progress, stream }: UntilHandledOptions,
  missing: readonly string[],
): string | undefined => {
  const untold = progress.unreportedEnds(stream);
  const excused = withChildren(untold, stream);
  return untold.length === 0 || missing.some((shard) => !excused.has(shard))
    ? undefined
    : `${name} is subscribed to ${untold.join(', ')}: the engine closed it and never reported its end to the subscription`;
};

const withChildren = (untold: readonly string[], { shards }: SealedStream): ReadonlySet<string> => {
  const all = new Set(untold);
  for (let before = -1; before !== all.size; ) {
    before = all.size;
    for (const { shard, parents } of shards) if (parents.some((parent) => all.has(parent))) all.add(shard);
  }
  return all;
};

const lateWords = ({ name, progress, doneMs, isPaused }: UntilHandledOptions, missing: readonly string[]): string => {
  if (!progress.isSeen) return `${name} made no call and wrote no line within ${doneMs} ms (doneMs)`;
  const still = isPaused() ? 'was paused' : 'was still at work';
  return `${name} ${still} ${doneMs} ms after the end of the load (doneMs), and had not handled everything in ${missing.slice(0, 5).join(', ')}`;
};

/** Resolves on progress, or when the time is over. */
const changedOr = async (progress: Progress, ms: number, clock: Clock, signal: AbortSignal): Promise<void> => {
  const over = new AbortController();
  const abort = (): void => over.abort();
  signal.addEventListener('abort', abort, { once: true });
  const stop = progress.onChange(abort);
  await clock.sleep(Math.ceil(ms), over.signal).catch(() => undefined);
  stop();
  signal.removeEventListener('abort', abort);
};
