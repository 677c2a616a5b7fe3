import type { Progress } from '../run/run.ts';

type Under = Progress & { readonly since: number };

/**
 * The progress of a run of many scenarios, in one line: how many are done, which are running, records a second, and
 * the remaining time. Times in microseconds.
 */
export class RunProgress {
  readonly #total: number;
  readonly #begun: number;
  readonly #now: () => number;
  readonly #under = new Map<string, Under>();
  #done = 0;

  constructor(total: number, now: () => number) {
    this.#total = total;
    this.#now = now;
    this.#begun = now();
  }

  see(name: string, progress: Progress): void {
    const before = this.#under.get(name);
    const isSame = before !== undefined && (before.phase === 'load') === (progress.phase === 'load');
    this.#under.set(name, { ...progress, since: isSame ? before.since : this.#now() });
  }

  end(name: string): void {
    this.#under.delete(name);
    this.#done += 1;
  }

  get text(): string {
    const [first] = this.#under;
    const others = this.#under.size - 1;
    const parts = [
      `${this.#done}/${this.#total}`,
      first === undefined ? '' : `${first[0]}: ${this.#wordsOf(first[1])}`,
      others > 0 ? `and ${others} more` : '',
      this.#left(),
    ];
    return parts.filter((part) => part !== '').join(' · ');
  }

  #wordsOf({ phase, acked, planned, read, since }: Under): string {
    if (phase !== 'load' || planned === 0) return phase;
    const seconds = (this.#now() - since) / 1e6;
    const rate = seconds < 0.2 ? '' : `, ${Math.round(acked / seconds).toLocaleString('en-US')} records/s`;
    return `${acked}/${planned} acknowledged, ${read} read${rate}`;
  }

  /** The remaining time, estimated from finished scenarios; empty before the second one. */
  #left(): string {
    const left = this.#total - this.#done;
    if (this.#done < 2 || left === 0) return '';
    const seconds = ((this.#now() - this.#begun) / 1e6 / this.#done) * left;
    return seconds < 90 ? `about ${Math.ceil(seconds)} s left` : `about ${Math.round(seconds / 60)} min left`;
  }
}
