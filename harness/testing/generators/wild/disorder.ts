import type { Random } from '../../../lib/random.ts';

/** What may go wrong in a wild history. Each history has a few of these and never the others. */
export const disorders = [
  'store-lost',
  'store-below',
  'store-elsewhere',
  'store-twice',
  'ack-elsewhere',
  'ack-exchanged',
  'ack-unknown',
  'ack-failed',
  'ack-missing',
  'entry-failed',
  'sent-again',
  'number-skipped',
  'after-stale',
  'explicit-hash',
  'aggregate',
  'no-digest',
  'page-skips',
  'page-repeats',
  'page-turned',
  'page-error',
  'bytes-changed',
  'identity-changed',
  'identity-missing',
  'behind-wrong',
  'end-early',
  'end-never',
  'start-wrong',
  'arrival-wrong',
  'topology-changed',
  'parent-open',
  'number-shared',
  'cut',
] as const;
export type Disorder = (typeof disorders)[number];

/** Draws whether a disorder occurs here. Always false for disorders that the history does not have. */
export type Strikes = (disorder: Disorder) => boolean;

export const disorderOf = (random: Random, among: readonly Disorder[] = disorders): Strikes => {
  const chosen = new Map<Disorder, number>();
  const count = random.int(0, 3);
  for (let index = 0; index < count; index += 1) {
    const disorder = among[random.int(0, among.length - 1)];
    if (disorder !== undefined) chosen.set(disorder, random.pick([0.1, 0.3, 0.6]));
  }
  return (disorder) => random.next() < (chosen.get(disorder) ?? 0);
};
