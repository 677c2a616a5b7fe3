import type { EventBody } from '../model/event.ts';

/**
 * Where running writes down what happens. `write` stamps `t` from the run's clock, appends the line and returns `t`;
 * it never waits, lines keep their order, and what was written is flushed at least every 100 ms.
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
