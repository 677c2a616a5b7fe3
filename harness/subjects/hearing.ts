import { readSubjectLine, type SubjectLine } from '../tap/subject-line.ts';
import type { Voice } from '../tap/voice.ts';
import { LinePump } from './line-pump.ts';
import type { Progress } from './progress.ts';

export type HearingOptions = {
  readonly voice: Voice;
  readonly progress: Progress;
  readonly tally: LineTally;
  readonly prefix: RegExp | undefined;
  readonly now: () => number;
  readonly onLine: (line: SubjectLine) => void;
  /** Resolves when all that was written is on disk. */
  readonly flushed: () => Promise<void>;
};

/** Lines of an application, counted. */
export type LineTally = { heard: number; other: number; late: number; bad: number; firstBad: string | undefined };

export const lineTally = (): LineTally => ({ heard: 0, other: 0, late: 0, bad: 0, firstBad: undefined });

/** So much is taken in before the disk has to follow. */
const aheadBytes = 8 * 1024 * 1024;

/** The lines of one process, from wherever they come. */
export class Hearing {
  readonly #options: HearingOptions;
  readonly #pump: LinePump;
  #ahead = 0;
  #isOver = false;

  constructor(options: HearingOptions) {
    this.#options = options;
    this.#pump = new LinePump({ onLine: (line) => this.#hear(line), onTooLong: () => this.#bad('a line above 32 MB') });
  }

  /** Where it answers a promise, the source waits for it: no flood fills the memory. */
  feed(chunk: Buffer): Promise<void> | undefined {
    this.#pump.feed(chunk);
    this.#ahead += chunk.length;
    if (this.#ahead < aheadBytes) return undefined;
    this.#ahead = 0;
    return this.#options.flushed();
  }

  /** Whole lines, beside what is written elsewhere. */
  post(body: Buffer): Promise<void> {
    const pump = new LinePump({ onLine: (line) => this.#hear(line), onTooLong: () => this.#bad('a line above 32 MB') });
    pump.feed(body);
    pump.end();
    return this.#options.flushed();
  }

  /** Of a process that was killed, the last line may be cut short: it says nothing. */
  end(isKilled: boolean): void {
    if (!isKilled) this.#pump.end();
  }

  /** What comes from now on is counted, and not written down. */
  close(): void {
    this.#isOver = true;
  }

  #hear(text: string): void {
    const { prefix, tally, voice, progress, now, onLine } = this.#options;
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
    progress.heard(read, voice.hear(read), now());
    onLine(read);
  }

  #bad(why: string): void {
    const { tally } = this.#options;
    tally.bad += 1;
    tally.firstBad ??= why;
  }
}
