/**
 * The checkpoint of a shard: the highest number up to which every record is done or discarded. With concurrent
 * batches the lanes finish in any order, and AWS does not document where the checkpoint then is. After the slowest
 * lane nothing can be lost, so that is where it is here.
 */
export type ShardProgress = {
  readonly read: (seq: string) => void;
  /** Returns the new checkpoint, if there is one. */
  readonly settle: (seqs: readonly string[]) => string | undefined;
  /** Records that were read and are neither done nor discarded. */
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
