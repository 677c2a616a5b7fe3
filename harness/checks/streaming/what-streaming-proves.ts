import { type AnomalyId, anomalyIds } from '../../model/anomaly.ts';
import { checks } from '../catalogue/registry.ts';
import type { Check, Streaming } from '../check.ts';
import type { View } from '../index/view.ts';
import { expectationsOf, skippedBecause } from '../judge/expectations.ts';
import type { JudgeOptions } from '../judge/options.ts';

const all: Readonly<Record<AnomalyId, Check>> = checks;

/** What the streaming judge knows of a claim at the end of a history. */
const streamingOf = (id: AnomalyId): Streaming => all[id].streaming ?? 'whole';

/** True if a finding of this claim may stand in a verdict of the streaming judge. */
export const mayBeSetAside = (id: AnomalyId): boolean => streamingOf(id) === 'set-aside';

/**
 * A selected claim that applies to this history, and that only the full judge can decide; undefined: there is none.
 */
export const needsWhole = (view: View, options: JudgeOptions, known = streamingOf): AnomalyId | undefined => {
  const said = expectationsOf(view.tables.head, options);
  return anomalyIds.find(
    (id) =>
      known(id) === 'whole' &&
      skippedBecause(said.get(id), id, options) === undefined &&
      all[id].notApplicable?.(view) === undefined,
  );
};
