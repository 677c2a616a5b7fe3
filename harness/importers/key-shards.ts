import type { Fact } from './fact.ts';

type Seen = { readonly key: string; readonly shards: readonly [string, string] };

/** The number of keys that are watched. Later keys are ignored. */
const keysMax = 100_000;

/**
 * Finds the first partition key that was read in two shards: the stream was resharded, and the parents have to be
 * given.
 */
export class KeyShards {
  readonly #shardOf = new Map<string, string>();
  /** Shards whose parents are known. */
  readonly #known = new Set<string>();
  found: Seen | undefined;

  take(fact: Fact): void {
    if (fact.kind === 'event' && fact.event.type === 'topology')
      for (const { shard } of fact.event.shards) this.#known.add(shard);
    if (this.found !== undefined) return;
    if (fact.kind === 'read') this.#see(fact.key, fact.shard);
    else if (fact.kind === 'subject' && fact.event.type === 'page')
      for (const { key } of fact.event.records ?? []) this.#see(key, fact.event.shard);
  }

  #see(key: string | undefined, shard: string | undefined): void {
    if (key === undefined || shard === undefined) return;
    const known = this.#shardOf.get(key);
    if (known === undefined) {
      if (this.#shardOf.size < keysMax) this.#shardOf.set(key, shard);
    } else if (known !== shard) {
      this.found = { key, shards: [known, shard] };
      this.#shardOf.clear();
    }
  }

  /** One sentence; undefined if nothing is missing. */
  words(stream: string | undefined): string | undefined {
    if (this.found === undefined || this.found.shards.some((shard) => this.#known.has(shard))) return undefined;
    const { key, shards } = this.found;
    return `key ${JSON.stringify(key)} was read in ${shards.join(' and in ')}, but their parents are unknown, so the order across shards is not judged: aws kinesis list-shards --stream-name ${stream ?? 'NAME'} > shards.json, then import with --shards shards.json`;
  }
}
