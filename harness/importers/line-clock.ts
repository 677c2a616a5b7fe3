import type { Clock } from '../lib/clock.ts';

/**
 * `t` of the next line: its time since the start, or the number of the line where no times are known. It never falls.
 */
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
