import { detectionOf } from '../detection/measure-file.ts';
import type { CheckOptions } from '../judging/check-history.ts';
import type { Clock } from '../lib/clock.ts';
import { HarnessError } from '../lib/error.ts';
import type { HistoryVerdict } from '../model/verdict.ts';
import type { Reported } from '../report/reporter.ts';

/** `bounded` measures for about 1.5 s, `all` for up to 60 s; `none` measures nothing. */
export type DetectionMode = 'bounded' | 'all' | 'none';

/** The mode for `--power` (all), `--no-power` (none), or neither (bounded). */
export const detectionModeOf = (said: boolean | undefined): DetectionMode =>
  said === undefined ? 'bounded' : said ? 'all' : 'none';

/** The time that a command may spend on measuring, in seconds, for all its histories together. */
const secondsOf = { bounded: 1.5, all: 60, none: 0 } as const;

export type DetectionHow = Pick<CheckOptions, 'strict' | 'question' | 'expect' | 'only' | 'skip' | 'signal'> & {
  readonly mode: DetectionMode;
  readonly clock: Clock;
  /** Called with the number of mistakes tried so far; measuring may take a minute. */
  readonly onTried?: (tried: number) => void;
};

/**
 * Measures detection power, and shares the time among the histories. Only a history that holds is measured, because
 * any other one has shown a mistake. The verdict does not change.
 */
export class DetectionShare {
  readonly #how: DetectionHow;
  readonly #seconds: number;

  constructor(how: DetectionHow, histories: number) {
    this.#how = how;
    this.#seconds = secondsOf[how.mode] / Math.max(1, histories);
  }

  /** `path`: where the history is, if not at the path in its verdict. */
  async of(history: HistoryVerdict, path = history.path): Promise<HistoryVerdict> {
    const { mode, ...how } = this.#how;
    if (mode === 'none' || history.verdict !== 'holds' || isAborted(how.signal)) return history;
    try {
      const detection = await detectionOf(path, { ...how, seconds: this.#seconds });
      return isAborted(how.signal) ? history : { ...history, detection };
    } catch (thrown) {
      if (isAborted(how.signal) || thrown instanceof HarnessError) return history;
      throw thrown;
    }
  }
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

/** Measures all histories of a run after the run, so that measuring takes no time from running scenarios. */
export const withDetection = async <T extends Reported>(
  reported: readonly T[],
  how: DetectionHow,
): Promise<readonly T[]> => {
  const share = new DetectionShare(how, reported.filter(({ history }) => history?.verdict === 'holds').length);
  const all: T[] = [];
  for (const one of reported)
    all.push(one.history === undefined ? one : { ...one, history: await share.of(one.history) });
  return all;
};
