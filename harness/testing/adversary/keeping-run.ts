import { rm } from 'node:fs/promises';
import type { RunningTarget } from '../../targets/target.ts';
import { liveRun } from './live-run.ts';
import {
  fullPages,
  overEndedSubscription,
  overReshards,
  overSplitAndSubscribed,
  severalClients,
} from './order-keeping.ts';

/**
 * The scene of a seed. On kinesalite most are the plain one, every fourth reshards, and every 20th has a page of 10
 * MiB. On kinesis-local all have a subscription, and in every fourth it ends early.
 */
export const scenesOf = {
  kinesalite: (seed: number) =>
    seed % 20 === 0
      ? { scene: 'full-pages', input: fullPages }
      : seed % 4 === 0
        ? { scene: 'reshards', input: overReshards }
        : { scene: 'several-clients', input: severalClients },
  'kinesis-local': (seed: number) =>
    seed % 4 === 0
      ? { scene: 'ended', input: overEndedSubscription }
      : { scene: 'subscribed', input: overSplitAndSubscribed },
} as const;
export type Engine = keyof typeof scenesOf;

/** What is kept of a run: one line in the file of the soak test. */
export type KeepingRun = {
  readonly engine: Engine;
  readonly scene: string;
  readonly seed: number;
  readonly verdict: 'holds' | 'violated' | 'unknown';
  readonly violated: readonly string[];
  readonly why?: readonly string[];
  readonly acked: number;
  /** How often each kind of fault fired. */
  readonly fired: Readonly<Record<string, number>>;
};

/** Runs a seed once. Removes the history of a run that holds. */
export const keepingRun = async (
  engine: Engine,
  seed: number,
  at: { readonly target: RunningTarget; readonly folder: string },
): Promise<KeepingRun> => {
  const { scene, input } = scenesOf[engine](seed);
  const { verdict, fired, history } = await liveRun(input, { ...at, seed: String(seed) });
  const counts: Record<string, number> = {};
  for (const { fault, detail } of fired) {
    const named = detail?.['kind'];
    const kind = typeof named === 'string' ? named : fault;
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  const of = (wanted: string) => verdict.claims.filter((claim) => claim.verdict === wanted);
  const why = of('unknown').map(({ anomaly, why: because }) => `${anomaly}: ${because}`);
  if (verdict.verdict === 'holds') await rm(history);
  return {
    engine,
    scene,
    seed,
    verdict: verdict.verdict,
    violated: of('violated').map(({ anomaly }) => anomaly),
    ...(why.length === 0 ? {} : { why: why.slice(0, 3) }),
    acked: verdict.counts.acked,
    fired: counts,
  };
};
