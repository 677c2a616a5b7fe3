/** What goes out again when entries of a PutRecords call failed; each keeps the entries' order. One strategy a line. */
export type Resend = <R extends { readonly key: string }>(
  entries: readonly R[],
  isFailed: (index: number) => boolean,
) => readonly R[];

const failedAndFollowing: Resend = (entries, isFailed) => {
  const broken = new Set<string>();
  return entries.filter(({ key }, index) => {
    if (isFailed(index)) broken.add(key);
    return broken.has(key);
  });
};

const tail: Resend = (entries, isFailed) => {
  const first = entries.findIndex((_, index) => isFailed(index));
  return first < 0 ? [] : entries.slice(first);
};

/**
 * `leave` gives them up, `failed-entries` sends them behind the call that is ready (so they are overtaken), `failed-and-following` and `tail` before anything else: what was
 * stored behind a failed entry is stored a second time, so that the last copies of a key are in order.
 */
export const resends = {
  leave: () => [],
  'failed-entries': (entries, isFailed) => entries.filter((_, index) => isFailed(index)),
  'failed-and-following': failedAndFollowing,
  tail,
} as const satisfies Record<string, Resend>;
export type ResendName = keyof typeof resends;
