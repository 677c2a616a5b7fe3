import type { Clock } from '../lib/clock.ts';

/** The `t` of the next line: its time since the start, or the line number if there are no times. It never decreases. */
export class LineClock {
  readonly #start: number | undefined;
  #t = 0;
  readonly clock: Clock;

  constructor(start: number | undefined) {
    this.#start = start;
    this.clock = { now: () => this.#t, wallMs: () => 0, sleep: () => Promise.resolve() };
  }

  at(time: number): number {
    return this.#start === undefined ? this.#t : Math.max(0, time - this.#start);
  }

  step(time: number | undefined): void {
    if (this.#start === undefined) this.#t += 1;
    else if (time !== undefined) this.#t = Math.max(this.#t, time - this.#start);
  }
}
