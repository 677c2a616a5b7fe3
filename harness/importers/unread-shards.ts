import type { ShardInfo } from '../model/event.ts';
import type { Fact } from './fact.ts';
import type { ShardList } from './shard-list.ts';

/** Finds child shards that were never read or started, although a parent was read. */
export class UnreadShards {
  readonly #children = new Map<string, readonly string[]>();
  readonly #met = new Set<string>();

  list({ shards }: ShardList): void {
    for (const { shard, parents } of shards as readonly ShardInfo[])
      if (parents.length > 0) this.#children.set(shard, parents);
  }

  take(fact: Fact): void {
    if (fact.kind === 'event' && fact.event.type === 'topology') this.list(fact.event);
    const shard = fact.kind === 'read' || fact.kind === 'report' ? fact.shard : shardOf(fact);
    if (shard !== undefined) this.#met.add(shard);
  }

  words(): readonly string[] {
    const unread = [...this.#children].filter(
      ([child, parents]) => !this.#met.has(child) && parents.some((parent) => this.#met.has(parent)),
    );
    if (unread.length === 0) return [];
    const names = unread.map(([child, parents]) => `${child} (of ${parents.join(' and ')})`);
    return [`nothing was read from ${names.join(', ')}, although the parent was read`];
  }
}

const shardOf = (fact: Fact): string | undefined =>
  (fact.kind === 'subject' || fact.kind === 'event') && fact.event.type === 'page' ? fact.event.shard : undefined;
