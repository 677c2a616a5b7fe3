import { pushTo } from '../lib/push-to.ts';
import type { Place } from './place.ts';

/** An entry of a put, and the line of its answer. */
export type Sending = { readonly line: number; readonly index: number; readonly ack: number | undefined };
/** A record in a page. */
export type Sighting = { readonly line: number; readonly index: number; readonly place: Place };

/** A record, with all that a history says about it. */
export type Item = {
  /** The producer and the name of its flow, as one text. */
  readonly flow: string;
  readonly n: number | undefined;
  readonly key: string;
  /**
   * The group of records that share a key, a flow or a counter with it, also indirectly. No other record affects its
   * order.
   */
  readonly kin: string;
  /** A record of the workload: neither a sentinel nor a record of other writers. */
  readonly isOwn: boolean;
  readonly isInAggregate: boolean;
  readonly sendings: Sending[];
  /** The places where it was acknowledged. */
  readonly stored: Place[];
  readonly reads: Sighting[];
};

/**
 * The pages of one iterator and of those that follow from it, on one shard. A chain that begins again is another
 * chain.
 */
export type Chain = { readonly reader: string; readonly shard: string; readonly pages: number[] };

/** Returns the items by flow, each flow in the order of its numbers. */
export const flowsOf = (items: readonly Item[]): ReadonlyMap<string, readonly Item[]> => {
  const flows = new Map<string, Item[]>();
  for (const item of items) pushTo(flows, item.flow, item);
  for (const flow of flows.values()) flow.sort((a, b) => (a.n ?? 0) - (b.n ?? 0));
  return flows;
};
