import type { Fact } from './fact.ts';

export type Source = { readonly facts: AsyncIterable<readonly Fact[]>; readonly isPut: boolean };

/**
 * Facts of several files: by their times if all have times, otherwise one file after the other. The lines of one file
 * keep their order. At the same time, puts come before reads, and files that begin earlier before others, because a
 * log may be rotated within a second.
 */
export async function* merged(sources: readonly Source[], isTimed: boolean): AsyncGenerator<readonly Fact[]> {
  if (!isTimed || sources.length < 2) {
    for (const { facts } of sources) yield* facts;
    return;
  }
  const cursors = sources.map((source) => new Cursor(source));
  for (const cursor of cursors) await cursor.next();
  cursors.sort((a, b) => Number(b.isPut) - Number(a.isPut) || a.time - b.time);
  for (;;) {
    let first: Cursor | undefined;
    for (const cursor of cursors)
      if (cursor.fact !== undefined && (first === undefined || cursor.time < first.time)) first = cursor;
    if (first === undefined) return;
    const index = cursors.indexOf(first);
    yield await first.run(earliest(cursors.slice(0, index)), earliest(cursors.slice(index + 1)));
  }
}

const earliest = (cursors: readonly Cursor[]): number =>
  Math.min(...cursors.filter(({ fact }) => fact !== undefined).map(({ time }) => time));

/** The position in one file. A line without a time has the time of the line before. */
class Cursor {
  readonly #batches: AsyncIterator<readonly Fact[]>;
  #batch: readonly Fact[] = [];
  #index = -1;
  readonly isPut: boolean;
  fact: Fact | undefined;
  time = 0;

  constructor({ facts, isPut }: Source) {
    this.#batches = facts[Symbol.asyncIterator]();
    this.isPut = isPut;
  }

  async next(): Promise<void> {
    this.#index += 1;
    while (this.#index >= this.#batch.length) {
      const next = await this.#batches.next();
      if (next.done === true) {
        this.fact = undefined;
        return;
      }
      [this.#batch, this.#index] = [next.value, 0];
    }
    this.fact = this.#batch[this.#index];
    this.time = Math.max(this.time, this.fact?.time ?? 0);
  }

  /**
   * The next facts of this batch: those before `before` (the time of files ahead of this one) and not after `until`
   * (of those after it). At least one.
   */
  async run(before: number, until: number): Promise<readonly Fact[]> {
    const facts: Fact[] = [];
    const batch = this.#batch;
    const isDue = (): boolean => (this.time < before && this.time <= until) || facts.length === 0;
    while (this.fact !== undefined && this.#batch === batch && isDue()) {
      facts.push(this.fact);
      await this.#step();
    }
    return facts;
  }

  #step(): Promise<void> | void {
    if (this.#index + 1 >= this.#batch.length) return this.next();
    this.#index += 1;
    this.fact = this.#batch[this.#index];
    this.time = Math.max(this.time, this.fact?.time ?? 0);
  }
}
