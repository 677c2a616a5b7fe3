import { readSubjectLine, type SubjectLine } from '../tap/subject-line.ts';
import type { SubjectRecorder } from '../tap/subject-recorder.ts';
import { LinePump } from './line-pump.ts';
import type { Progress } from './progress.ts';

export type HearingOptions = {
  readonly recorder: SubjectRecorder;
  readonly progress: Progress;
  readonly tally: LineTally;
  readonly prefix: RegExp | undefined;
  readonly now: () => number;
  readonly onLine: (line: SubjectLine) => void;
  /** Resolves when everything written is on disk. */
  readonly flushed: () => Promise<void>;
};

/** The lines of an application, counted. */
export type LineTally = { heard: number; other: number; late: number; bad: number; firstBad: string | undefined };

export const lineTally = (): LineTally => ({ heard: 0, other: 0, late: 0, bad: 0, firstBad: undefined });

/** The source waits for the disk each time this much was read. */
const aheadBytes = 8 * 1024 * 1024;

/** Parses the lines of one process, from any source. */
export class Hearing {
  readonly #options: HearingOptions;
  readonly #pump: LinePump;
  #ahead = 0;
  #isOver = false;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.#pump = new LinePump({ onLine: (line) => this.#hear(line), onTooLong: () => this.#bad('a line above 32 MB') });
  }

  /**
   * Parses a chunk. If this returns a promise, the source waits for it, so that much output does not fill the memory.
   */
  feed(chunk: Buffer): Promise<void> | undefined {
    this.#pump.feed(chunk);
    this.#ahead += chunk.length;
    if (this.#ahead < aheadBytes) return undefined;
    this.#ahead = 0;
    return this.#options.flushed();
  }

  /** Parses complete lines that come beside the source. Resolves when they are on disk. */
  post(body: Buffer): Promise<void> {
    const pump = new LinePump({ onLine: (line) => this.#hear(line), onTooLong: () => this.#bad('a line above 32 MB') });
    pump.feed(body);
    pump.end();
    return this.#options.flushed();
  }

  /** Ends the source. The last line of a killed process is ignored, because it may be cut short. */
  end(isKilled: boolean): void {
    if (!isKilled) this.#pump.end();
  }

  /** From now on, lines are counted but not recorded. */
  close(): void {
    this.#isOver = true;
  }

  #hear(text: string): void {
    const { prefix, tally, recorder, progress, now, onLine } = this.#options;
    const read = readSubjectLine(prefix === undefined ? text : text.replace(prefix, ''));
    if (read === undefined) {
      tally.other += 1;
      return;
    }
    if (typeof read === 'string') return this.#bad(read);
    if (this.#isOver) {
      tally.late += 1;
      return;
    }
    tally.heard += 1;
    progress.heard(read, recorder.record(read), now());
    onLine(read);
  }

  #bad(why: string): void {
    const { tally } = this.#options;
    tally.bad += 1;
    tally.firstBad ??= why;
  }
}
