import { stat } from 'node:fs/promises';
import type { JudgeOptions } from '../checks/judge/options.ts';
import { readHistory } from '../history/read-history.ts';
import type { Clock } from '../lib/clock.ts';
import type { Detection, NoDetection } from '../model/detection.ts';
import type { HistoryLine } from '../model/event.ts';
import { measureDetection } from './measure.ts';

/** Lines and records that a slow machine judges in a second. */
const perSecond = 100_000;
/** The cost of reading, in the same unit. */
const perMegabyte = 6_000;
/** The most megabytes of a history that are held in memory. */
const megabytesMax = 128;
const packedTo = 12;

export type DetectionOptions = JudgeOptions & {
  readonly seconds: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  readonly onTried?: (tried: number) => void;
};

/**
 * As `measureDetection`, for a file, which is read again and held in memory. Returns `skipped` with the reason if the
 * file is too large or if reading alone would take more than half of the time.
 */
export const detectionOf = async (
  path: string,
  { seconds, clock, signal, ...rules }: DetectionOptions,
): Promise<Detection | NoDetection> => {
  const { size } = await stat(path);
  const megabytes = (size / 1e6) * (path.endsWith('.gz') ? packedTo : 1);
  const reading = megabytes * perMegabyte;
  const budget = seconds * perSecond;
  if (megabytes > megabytesMax)
    return { skipped: `${Math.round(megabytes)} MB, and no more than ${megabytesMax} are held in memory` };
  if (reading > budget / 2) return { skipped: `it would take longer than ${seconds} s: --power` };
  const until = clock.now() + seconds * 3e6;
  const isOver = (): boolean => signal?.aborted === true || clock.now() > until;
  const lines: HistoryLine[] = [];
  await readHistory(path, (line) => void lines.push(line), signal === undefined ? {} : { signal });
  return measureDetection(lines, { ...rules, budget: budget - reading, isOver });
};
