import type { Random } from '../lib/random.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import type { Chronicle } from './chronicle.ts';
import type { Edit } from './edit.ts';
import type { Item } from './item.ts';

/** Where a mistake could have been made: a record, and whatever else a kind needs to know. */
export type Spot = { readonly item: Item; readonly other?: Item; readonly group?: string; readonly shard?: string };

/** One kind of mistake: what a service that lies, or a consumer that is broken, would have left in a history. */
export type Mutator = {
  readonly kind: string;
  /** Goes on from "had one record been …". */
  readonly words: string;
  /** Claims that are about it: one of them violated is what counts. */
  readonly fits: readonly AnomalyId[];
  readonly spots: (chronicle: Chronicle) => readonly Spot[];
  /** Undefined where the history has no room for it there. */
  readonly mutate: (chronicle: Chronicle, spot: Spot, random: Random) => Edit | undefined;
  /** What such a mistake touches is no few records: judged is the whole history. */
  readonly isWide?: boolean;
  /** Why there are no more spots, one clause each. Every clause must follow from the history. */
  readonly blind?: (chronicle: Chronicle) => readonly string[];
};
