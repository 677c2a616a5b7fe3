import type { Fact } from './fact.ts';

/** The number of keys that are watched. Pairs of later keys are not counted. */
const keysMax = 100_000;

type Last = { readonly shard: string; readonly n: number };

/**
 * Counts neighbours of a key that are in two files without sequence numbers, as in objects of Firehose: nothing says
 * which comes first. They are not compared, so a sentence must say if their counters fall.
 */
export class Apart {
  readonly #last = new Map<string, Last>();
  #pairs = 0;
  #falling = 0;
  #first: string | undefined;

  take(fact: Fact): void {
    if (fact.kind !== 'read' || fact.seq !== undefined || fact.shard === undefined || fact.n === undefined) return;
    const { shard, n } = fact;
    const key = fact.flow ?? fact.key ?? '';
    const last = this.#last.get(key);
    if (last === undefined && this.#last.size >= keysMax) return;
    if (last !== undefined && last.shard !== shard) this.#note(key, last, { shard, n });
    this.#last.set(key, { shard, n });
  }

  #note(key: string, last: Last, next: Last): void {
    this.#pairs += 1;
    if (next.n >= last.n) return;
    this.#falling += 1;
    this.#first ??= `${JSON.stringify(key)} from ${last.n} in ${last.shard} to ${next.n} in ${next.shard}`;
  }

  words(): readonly string[] {
    if (this.#pairs === 0) return [];
    const falling =
      this.#first === undefined
        ? ''
        : `. In ${this.#falling} of them the counter falls, for instance of ${this.#first}`;
    return [
      `${this.#pairs === 1 ? '1 pair of neighbours of a key stands in two files, and is' : `${this.#pairs} pairs of neighbours of a key stand in two files, and are`} not compared${falling}`,
    ];
  }
}
