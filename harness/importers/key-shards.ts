import type { Fact } from './fact.ts';

/** `name`: of the key, or of the flow. */
type Seen = { readonly kind: 'key' | 'flow'; readonly name: string; readonly shards: readonly [string, string] };

type Keyed = { readonly key?: string | undefined; readonly flow?: string | undefined };

/** The number of keys that are watched. Later keys are ignored. */
const keysMax = 100_000;

/**
 * Finds the first partition key, or the first flow where records name one, that was read in two shards. The stream may
 * have been resharded, so the parents have to be given.
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
    if (fact.kind === 'read') this.#see(fact, fact.shard);
    else if (fact.kind === 'subject' && fact.event.type === 'page')
      for (const record of fact.event.records ?? []) this.#see(record, fact.event.shard);
  }

  #see({ key, flow }: Keyed, shard: string | undefined): void {
    const name = flow ?? key;
    if (name === undefined || shard === undefined) return;
    const known = this.#shardOf.get(name);
    if (known === undefined) {
      if (this.#shardOf.size < keysMax) this.#shardOf.set(name, shard);
    } else if (known !== shard) {
      this.found = { kind: flow === undefined ? 'key' : 'flow', name, shards: [known, shard] };
      this.#shardOf.clear();
    }
  }

  /** One sentence; undefined if nothing is missing. */
  words(stream: string | undefined): string | undefined {
    if (this.found === undefined || this.found.shards.some((shard) => this.#known.has(shard))) return undefined;
    const { kind, name, shards } = this.found;
    return `${kind} ${JSON.stringify(name)} was read in ${shards.join(' and in ')}, but their parents are unknown, so the order across shards is not judged: aws kinesis list-shards --stream-name ${stream ?? 'NAME'} > shards.json, then import with --shards shards.json`;
  }
}
