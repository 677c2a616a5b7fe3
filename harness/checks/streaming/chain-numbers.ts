import type { ChainFront } from './shard-front.ts';
import type { Spill } from './spills.ts';

/** Chains that may go on, by their numbers. */
export class ChainNumbers {
  readonly #spill: Spill;
  readonly #chains = new Map<number, ChainFront>();

  constructor(spill: Spill) {
    this.#spill = spill;
  }

  /** Gives a chain the number of a new iterator that replaces its old one. */
  replace(chain: ChainFront, number: number): ChainFront {
    if (chain.endedLine > 0) this.#spill('all', 'a page behind the end of its shard');
    this.forget(chain);
    chain.replacedT = chain.lastT;
    chain.number = number;
    this.name(chain);
    return chain;
  }

  name(chain: ChainFront): void {
    if (this.#chains.has(chain.number)) this.#spill('all', 'a chain that begins again');
    this.#chains.set(chain.number, chain);
  }

  forget(chain: ChainFront): void {
    this.#chains.delete(chain.number);
  }

  /** The chain that a page goes on with. Undefined if there is none: then everything is spilled. */
  find(number: number, reader: number, shard: number): ChainFront | undefined {
    const known = this.#chains.get(number);
    const isIt = known?.reader === reader && known.shard.id === shard;
    if (isIt && known.endedLine === 0) return known;
    this.#spill('all', isIt ? 'a page behind the end of its shard' : 'a page without a chain');
    return undefined;
  }
}
