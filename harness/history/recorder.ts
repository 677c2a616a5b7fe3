import type { EventBody } from '../model/event.ts';

/**
 * Writes the history of a run. `write` stamps `t` from the run's clock, appends the line and returns `t`. It never
 * waits. Lines keep their order, and are flushed at least every 100 ms.
 */
export type Recorder = {
  /** Microseconds since the start of the run: the same clock that stamps `t`. */
  readonly now: () => number;
  readonly write: (event: EventBody) => number;
  /**
   * Resolves when all is on disk; rejects with HarnessError('target') when the disk is full or the folder cannot be
   * written.
   */
  readonly flush: () => Promise<void>;
  readonly close: () => Promise<void>;
};
