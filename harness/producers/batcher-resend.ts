/**
 * Chooses the entries that are sent again when entries of a PutRecords call failed, in the order of the call. One
 * strategy a line.
 */
export type Resend = <R>(
  entries: readonly R[],
  isFailed: (index: number) => boolean,
  /** The keys of the records that the entry carries; an aggregate carries several. */
  keysOf: (entry: R) => readonly string[],
) => readonly R[];

/** An aggregate is sent again as a whole, so later entries of each of its keys are sent again, too. */
const failedAndFollowing: Resend = (entries, isFailed, keysOf) => {
  const broken = new Set<string>();
  return entries.filter((entry, index) => {
    const keys = keysOf(entry);
    const isBroken = isFailed(index) || keys.some((key) => broken.has(key));
    if (isBroken) for (const key of keys) broken.add(key);
    return isBroken;
  });
};

const tail: Resend = (entries, isFailed) => {
  const first = entries.findIndex((_, index) => isFailed(index));
  return first < 0 ? [] : entries.slice(first);
};

/**
 * `leave` gives failed entries up. `failed-entries` sends them after the call that is ready, so later records overtake
 * them. `failed-and-following` and `tail` send them before anything else. Records that were stored after a failed
 * entry are then stored a second time, so that the last copies of a key are in order.
 */
export const resends = {
  leave: () => [],
  'failed-entries': (entries, isFailed) => entries.filter((_, index) => isFailed(index)),
  'failed-and-following': failedAndFollowing,
  tail,
} as const satisfies Record<string, Resend>;
export type ResendName = keyof typeof resends;
