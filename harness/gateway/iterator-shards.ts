import type { ProxiedAnswer, ProxiedCall } from '../faults/fault.ts';

export type ReadFrom = { readonly shard: string; readonly stream: string | undefined };

/** The shard that an iterator reads, learned from the answers to clients. */
export type IteratorShards = {
  readonly of: (iterator: string) => ReadFrom | undefined;
  readonly learn: (call: ProxiedCall, answer: ProxiedAnswer) => void;
};

/**
 * The number of iterators that are remembered. An iterator expires after five minutes (API reference,
 * GetShardIterator).
 */
const iteratorsMax = 20_000;

export const iteratorShards = (): IteratorShards => {
  const known = new Map<string, ReadFrom>();
  const note = (iterator: unknown, from: ReadFrom | undefined): void => {
    if (typeof iterator !== 'string' || from === undefined) return;
    known.delete(iterator);
    known.set(iterator, from);
    const [oldest] = known.keys();
    if (known.size > iteratorsMax && oldest !== undefined) known.delete(oldest);
  };
  return {
    of: (iterator) => known.get(iterator),
    learn: ({ kind, shard, stream, body }, answer) => {
      if (answer.kind !== 'answer') return;
      if (kind === 'iterator') note(answer.body['ShardIterator'], { shard: String(body['ShardId']), stream });
      if (kind === 'read' && shard !== undefined) note(answer.body['NextShardIterator'], { shard, stream });
    },
  };
};
