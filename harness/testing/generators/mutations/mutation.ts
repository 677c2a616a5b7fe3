import type { AnomalyId } from '../../../model/anomaly.ts';
import type { Draft } from './draft.ts';

/** One small change to a clean history, and what a judge must find in it. */
export type Mutation = {
  readonly anomaly: AnomalyId;
  readonly name: string;
  readonly kind?: string;
  /** Forbidden findings that are right beside it. */
  readonly beside?: readonly AnomalyId[];
  /** Returns false if the history has no place for it. */
  readonly apply: (draft: Draft) => boolean;
};

export const mutations = (
  anomaly: AnomalyId,
  entries: Readonly<Record<string, Mutation['apply'] | Omit<Mutation, 'anomaly' | 'name'>>>,
): readonly Mutation[] =>
  Object.entries(entries).map(([name, entry]) =>
    typeof entry === 'function' ? { anomaly, name, apply: entry } : { anomaly, name, ...entry },
  );

/** Applies a change to the first place that fits. False if none does. */
export const first = <T>(places: readonly T[], change: (place: T) => boolean | undefined): boolean =>
  places.some((place) => change(place) === true);
