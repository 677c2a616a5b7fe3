/**
 * What goes out again when entries of a PutRecords call failed; each keeps the entries' order. One strategy a line.
 */
export type Resend = <R>(
  entries: readonly R[],
  isFailed: (index: number) => boolean,
  /** Of the records that the entry carries; an aggregate carries several. */
  keysOf: (entry: R) => readonly string[],
) => readonly R[];

/** An aggregate goes whole: then what follows of each of its keys has to follow again. */
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
 * `leave` gives them up, `failed-entries` sends them behind the call that is ready (so they are overtaken),
 * `failed-and-following` and `tail` before anything else: what was stored behind a failed entry is stored a second
 * time, so that the last copies of a key are in order.
 */
export const resends = {
  leave: () => [],
  'failed-entries': (entries, isFailed) => entries.filter((_, index) => isFailed(index)),
  'failed-and-following': failedAndFollowing,
  tail,
} as const satisfies Record<string, Resend>;
export type ResendName = keyof typeof resends;
