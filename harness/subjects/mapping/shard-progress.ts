/**
 * The checkpoint of a shard: the highest sequence number up to which every record is done or discarded. With
 * concurrent batches, the lanes finish in any order, and AWS does not document where the checkpoint then is. This
 * checkpoint is that of the slowest lane, so that nothing can be lost.
 */
export type ShardProgress = {
  readonly read: (seq: string) => void;
  /** Marks records as done or discarded. Returns the new checkpoint; undefined if it did not move. */
  readonly settle: (seqs: readonly string[]) => string | undefined;
  /** The number of records that were read and are neither done nor discarded. */
  readonly open: () => number;
};

/** Handled entries are dropped in groups of this size. */
const spentMax = 1024;

export const shardProgress = (): ShardProgress => {
  const waiting: string[] = [];
  const settled = new Set<string>();
  let first = 0;
  const advance = (): string | undefined => {
    let reached: string | undefined;
    for (let seq = waiting[first]; seq !== undefined && settled.delete(seq); seq = waiting[first]) {
      reached = seq;
      first += 1;
    }
    if (first > spentMax) {
      waiting.splice(0, first);
      first = 0;
    }
    return reached;
  };
  return {
    read: (seq) => void waiting.push(seq),
    settle: (seqs) => {
      for (const seq of seqs) settled.add(seq);
      return advance();
    },
    open: () => waiting.length - first - settled.size,
  };
};
