import type { Random } from '../lib/random.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { Chronicle } from './chronicle.ts';
import type { Edit } from './edit.ts';
import type { Item } from './item.ts';

/** Where a mistake is possible: a record, and what else a kind needs to know. */
export type Spot = { readonly item: Item; readonly other?: Item; readonly group?: string; readonly shard?: string };

/** One kind of mistake: what a service that lies, or a broken consumer, would leave in a history. */
export type Mutator = {
  readonly kind: string;
  /** Continues "had one record been …". */
  readonly words: string;
  /** The claims about it: at least one of them must be violated. */
  readonly fits: readonly AnomalyId[];
  readonly spots: (chronicle: Chronicle) => readonly Spot[];
  /** Returns undefined if the mistake is not possible there. */
  readonly mutate: (chronicle: Chronicle, spot: Spot, random: Random) => Edit | undefined;
  /** The mistake touches many records, so the full history is judged. */
  readonly isWide?: boolean;
  /** Why there are no more places, one clause each. Every clause must follow from the history. */
  readonly blind?: (chronicle: Chronicle) => readonly string[];
};
