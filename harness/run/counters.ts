import { compareSequence } from '../model/sequence-number.ts';

/**
 * The counts that the parts of a run share: acknowledged and read records, and the last and highest acknowledged
 * sequence number of each shard (undefined if none).
 */
export type Counters = {
  readonly acked: () => number;
  readonly read: () => number;
  readonly noteAck: (shard: string, seq: string) => void;
  readonly noteRead: (records: number) => void;
  /** Resolves when this many records were acknowledged, or the load is over. */
  readonly reached: (count: number) => Promise<void>;
  readonly loadOver: () => void;
  readonly highest: (shard: string) => string | undefined;
  readonly last: (shard: string) => string | undefined;
};

type Waiting = { readonly count: number; readonly resolve: () => void };

export const counters = (): Counters => {
  const highest = new Map<string, string>();
  const last = new Map<string, string>();
  let acked = 0;
  let read = 0;
  let isOver = false;
  let waiting: Waiting[] = [];
  const wake = (): void => {
    if (waiting.length === 0) return;
    const isDue = ({ count }: Waiting): boolean => isOver || acked >= count;
    for (const one of waiting) if (isDue(one)) one.resolve();
    waiting = waiting.filter((one) => !isDue(one));
  };
  return {
    acked: () => acked,
    read: () => read,
    noteAck: (shard, seq) => {
      acked += 1;
      last.set(shard, seq);
      const known = highest.get(shard);
      if (known === undefined || compareSequence(seq, known) > 0) highest.set(shard, seq);
      wake();
    },
    noteRead: (records) => {
      read += records;
    },
    reached: (count) =>
      new Promise((resolve) => {
        waiting.push({ count, resolve });
        wake();
      }),
    loadOver: () => {
      isOver = true;
      wake();
    },
    highest: (shard) => highest.get(shard),
    last: (shard) => last.get(shard),
  };
};
