import type { ShardInfo } from '../../model/event.ts';

/** When something was reported, and on which line. */
export type Moment = { readonly t: number; readonly line: number };

/** A shard with one range of hash keys; a list with another range begins a new span. */
export type ShardSpan = {
  readonly shard: string;
  readonly range: readonly [string, string];
  /** The range as parts of the hash space, from 0 to 1. */
  readonly parts: readonly [number, number];
  readonly parents: readonly string[];
  readonly seq: readonly [string, string | null];
  readonly opened: Moment;
  /** When it was first reported closed: by the end of the reshard, or by a list. Null while it is open. */
  readonly closed: (Moment & { readonly by: 'reshard' | 'list' }) | null;
};

export type Reshard = {
  readonly id: number;
  readonly action: string;
  readonly shards: readonly string[];
  readonly target: number | null;
  readonly from: Moment;
  /** Null if its end was never reported. */
  readonly to: Moment | null;
  readonly outcome: 'ok' | 'fail' | 'info' | null;
};

/** A list of shards that a finding names. */
export type List = Moment & { readonly status: string; readonly shards: readonly ShardInfo[] };
