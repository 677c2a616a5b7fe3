import { createHash } from 'node:crypto';
import { Names } from '../lib/names.ts';
import { columnsOf } from '../model/columns-of-event.ts';
import type { FaultEvent, Head, HistoryLine, ShardInfo } from '../model/event.ts';
import { columnTypes, itemBit, type LineColumns } from '../model/line-columns.ts';

export type FaultCount = {
  readonly name: string;
  /** Distinguishes two faults with the same name. */
  readonly id?: number;
  readonly armed: number;
  readonly fired: number;
  readonly never: number;
};
export type ReshardSeen = {
  readonly id: number;
  readonly action: string;
  readonly shards: readonly string[];
  readonly t: number;
  /** The outcome: ok, fail, info, or open. */
  readonly result: string;
};

export type SliceFactsFound = {
  /** The shards that were listed last: ids, ranges, parents. */
  readonly topology: string;
  readonly parents: Readonly<Record<string, readonly string[]>>;
  /** When each shard was first listed, on the clock of this slice. */
  readonly listed: Readonly<Record<string, number>>;
  /** Records that a producer was given and never sent. */
  readonly neverSent: number;
  readonly faults: readonly FaultCount[];
  readonly planned: number;
  readonly reshards: readonly ReshardSeen[];
  /** Pairs of an ancestor and a descendant shard in which the same key was acknowledged or read. */
  readonly crossed: readonly (readonly [above: string, below: string])[];
  /** The role of the readers whose order is counted; null if nothing was read. A slice has no consumer under test. */
  readonly orderBy: CountedRole | null;
};

/**
 * Order is counted by final readers if they read anything, else by all others. See "Verdict, additions" in the history
 * format.
 */
export const countedRoles = ['final', 'live'] as const;
type CountedRole = (typeof countedRoles)[number];

/** Collects the facts that are merged across slices: faults, reshards, and the shards that keys have crossed. */
export class SliceFacts {
  head: Head | undefined;
  readonly #keys = new Names();
  readonly #shards = new Names();
  /** The keys of the records of calls in flight. */
  readonly #open = new Map<number, readonly number[]>();
  /** The first shard of each key. */
  readonly #first: number[] = [];
  readonly #wide = new Map<number, Set<number>>();
  readonly #faults = new Map<string, { -readonly [K in keyof FaultCount]: FaultCount[K] }>();
  readonly #reshards = new Map<number, ReshardSeen>();
  readonly #readers = new Names();
  readonly #finals = new Set<number>();
  readonly #rolesMet = new Set<CountedRole>();
  readonly #known = new Map<string, ShardInfo>();
  readonly #listed: Record<string, number> = {};
  #neverSent = 0;

  event(event: HistoryLine): void {
    if (event.type === 'put' || event.type === 'ack' || event.type === 'page') return this.hot(columnsOf(event));
    if (event.type === 'head') this.head = event;
    else if (event.type === 'fault') this.#fault(event);
    else if (event.type === 'end') this.#neverSent = event.neverSent ?? 0;
    else if (event.type === 'reader' && event.role === 'final') this.#finals.add(this.#readers.id(event.reader));
    else if (event.type === 'topology') this.#list(event.t, event.shards);
    else if (event.type === 'reshard') {
      const { id, phase, action = '', shards = [], t } = event;
      const before = this.#reshards.get(id) ?? { id, action, shards, t, result: 'open' };
      this.#reshards.set(id, phase === 'invoke' ? before : { ...before, result: phase });
    }
  }

  hot(hot: LineColumns): void {
    if (hot.type === columnTypes.put) this.#put(hot);
    else if (hot.type === columnTypes.ack) this.#ack(hot);
    else this.#page(hot);
  }

  /** Sentinels are ignored, because each shard has its own. */
  #put(hot: LineColumns): void {
    if (hot.put?.role === 'sentinel') return;
    this.#open.set(
      hot.op,
      Array.from({ length: hot.count }, (_, item) => nameAt(this.#keys, hot, item)),
    );
  }

  #ack(hot: LineColumns): void {
    const keys = this.#open.get(hot.op) ?? [];
    this.#open.delete(hot.op);
    if (hot.ack !== undefined && hot.ack.outcome !== 'ok') return;
    // A refused entry has no shard.
    for (const [item, key] of keys.entries())
      if (hot.hasAll(item, itemBit.name)) this.#saw(key, nameAt(this.#shards, hot, item));
  }

  #page(hot: LineColumns): void {
    if (hot.count === 0) return;
    const { source, shard: place, reader } = hot;
    const isFinal = this.#finals.has(this.#readers.idAt(source.words, reader.start, reader.end));
    this.#rolesMet.add(isFinal ? 'final' : 'live');
    const shard = this.#shards.idAt(source.words, place.start, place.end);
    for (let item = 0; item < hot.count; item += 1)
      if (hot.hasAll(item, itemBit.name)) this.#saw(nameAt(this.#keys, hot, item), shard);
  }

  found(): SliceFactsFound {
    const shards = [...this.#known.values()].sort((a, b) => (a.shard < b.shard ? -1 : 1));
    const digest = createHash('sha256').update(
      JSON.stringify(shards.map((one) => [one.shard, one.range, one.parents])),
    );
    const parents = Object.fromEntries(shards.map((one) => [one.shard, one.parents]));
    const planned = this.head?.scenario?.['reshard'];
    return {
      topology: digest.digest('hex').slice(0, 16),
      parents,
      listed: this.#listed,
      neverSent: this.#neverSent,
      faults: [...this.#faults.values()],
      planned: Array.isArray(planned) ? planned.length : 0,
      reshards: [...this.#reshards.values()],
      crossed: this.#crossed(parents),
      orderBy: countedRoles.find((role) => this.#rolesMet.has(role)) ?? null,
    };
  }

  #fault({ fault, id, phase }: FaultEvent): void {
    const name = `${fault} ${id ?? ''}`;
    const count = this.#faults.get(name) ?? {
      name: fault,
      ...(id === undefined ? {} : { id }),
      armed: 0,
      fired: 0,
      never: 0,
    };
    this.#faults.set(name, count);
    count[phase === 'never-fired' ? 'never' : phase] += 1;
  }

  #list(t: number, shards: readonly ShardInfo[]): void {
    for (const info of shards) {
      this.#known.set(info.shard, info);
      this.#listed[info.shard] ??= t;
    }
  }

  #saw(key: number, shard: number): void {
    const first = (this.#first[key] ??= shard);
    if (first === shard) return;
    const shards = this.#wide.get(key) ?? new Set([first]);
    this.#wide.set(key, shards.add(shard));
  }

  #crossed(parents: SliceFactsFound['parents']): SliceFactsFound['crossed'] {
    const pairs = new Set<string>();
    for (const own of new Set([...this.#wide.values()].map((shards) => [...shards].sort((a, b) => a - b).join(' ')))) {
      const names = own.split(' ').map((id) => this.#shards.name(Number(id)));
      for (const above of names)
        for (const below of names) if (isAbove(parents, above, below)) pairs.add(JSON.stringify([above, below]));
    }
    return [...pairs].map((pair) => JSON.parse(pair) as [string, string]);
  }
}

const nameAt = (names: Names, hot: LineColumns, item: number): number =>
  names.idAt(hot.source.words, hot.nameStart[item] as number, hot.nameEnd[item] as number);

/** True if `above` is an ancestor of `below`. */
export const isAbove = (parents: SliceFactsFound['parents'], above: string, below: string): boolean => {
  const met = new Set<string>();
  const open = [...(parents[below] ?? [])];
  for (let shard = open.pop(); shard !== undefined; shard = open.pop()) {
    if (shard === above) return true;
    if (!met.has(shard)) open.push(...(parents[shard] ?? []));
    met.add(shard);
  }
  return false;
};
