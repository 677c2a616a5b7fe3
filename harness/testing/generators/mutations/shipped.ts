import { Chronicle } from '../../../detection/chronicle.ts';
import type { Item } from '../../../detection/item.ts';
import type { Mutator } from '../../../detection/mutator.ts';
import type { HistoryLine } from '../../../judging/check-history.ts';
import type { Draft } from './draft.ts';
import { first, type Mutation } from './mutation.ts';

/** Uses a mistake of `harness/detection` as a mutation, so that the matrix checks it like all others. */
export const shipped =
  (mutator: Mutator, isIt: (draft: Draft, item: Item) => boolean = () => true): Mutation['apply'] =>
  (draft) => {
    const chronicle = new Chronicle(draft.lines as readonly HistoryLine[]);
    const spots = mutator.spots(chronicle).filter(({ item }) => isIt(draft, item));
    return first(draft.shuffle(spots), (spot) => {
      const edit = mutator.mutate(chronicle, spot, draft.random);
      if (edit === undefined) return false;
      draft.lines = structuredClone(edit.lines()) as Draft['lines'];
      return true;
    });
  };
