import { readTime } from './read-time.ts';
import { wholeNumberAt } from './scan-scalar.ts';

/** The length of `2026-11-20T10:00:01.123Z`, and the positions of its seconds, fraction and zone. */
const plain = { length: 24, second: 17, dot: 19, milli: 20, zone: 23 } as const;
const dot = 46;
const letterZ = 90;

/** Parses times in the most common form. Lines of one minute are adjacent, so the minute is parsed once. */
export class TimeMemo {
  readonly #minute = Buffer.alloc(plain.second);
  #minuteAt = Number.NaN;

  /** The same result as `readTime`; undefined for other forms, which `readTime` has to parse. */
  timeAt(bytes: Buffer, from: number, to: number): number | undefined {
    if (to - from !== plain.length || bytes[from + plain.zone] !== letterZ || bytes[from + plain.dot] !== dot)
      return undefined;
    const second = wholeNumberAt(bytes, from + plain.second, from + plain.dot);
    const milli = wholeNumberAt(bytes, from + plain.milli, from + plain.zone);
    if (second === undefined || milli === undefined) return undefined;
    const within = second * 1e6 + milli * 1e3;
    if (!this.#isInMinute(bytes, from)) {
      const time = readTime(bytes.toString('latin1', from, to));
      if (time === undefined) return undefined;
      bytes.copy(this.#minute, 0, from, from + plain.second);
      this.#minuteAt = time - within;
    }
    return this.#minuteAt + within;
  }

  #isInMinute(bytes: Buffer, from: number): boolean {
    const minute = this.#minute;
    for (let at = 0; at < plain.second; at += 1) if (bytes[from + at] !== minute[at]) return false;
    return true;
  }
}
