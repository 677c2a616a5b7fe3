import { shortMessage } from '../../model/short-message.ts';
import type { SubjectBook } from '../../tap/subject-book.ts';
import type { DiscardReason } from './batch.ts';
import { changes } from './changes.ts';
import { laneOf } from './lane-of.ts';
import type { Outcome } from './read-answer.ts';
import type { Settled } from './settle-batch.ts';
import { shardProgress } from './shard-progress.ts';
import type { ShardRecord } from './shard-record.ts';
import { type LaneTools, type WorkedLane, workLane } from './work-lane.ts';

export type ShardTools = Pick<LaneTools, 'policy' | 'windowMs' | 'clock' | 'signal'> & {
  readonly shard: string;
  readonly factor: number;
  /** The `to` of discarded records; undefined if they are lost. */
  readonly onFailure: string | undefined;
  readonly book: Pick<SubjectBook, 'deliver' | 'again' | 'report'>;
  readonly invoke: (records: readonly ShardRecord[]) => Promise<Outcome>;
  /** The records that the mapping reports as done; none if the handler prints `done` lines of its own. */
  readonly unreported: (records: readonly ShardRecord[]) => readonly ShardRecord[];
};

/** `offer` is called with the records of each page; it waits if the handler is slow. */
export type WorkedShard = {
  readonly offer: (records: readonly ShardRecord[]) => Promise<void>;
  readonly finish: () => Promise<void>;
  /** The number of records that were read and are neither done nor discarded. */
  readonly open: () => number;
};

/** The number of batches that may wait in each lane, beside the one in flight. */
const batchesReady = 2;

/**
 * Works on one shard of a mapping: runs its lanes, reports their work, and writes the checkpoint of the slowest lane.
 */
export const workShard = (tools: ShardTools): WorkedShard => {
  const { shard, factor, policy, book, signal } = tools;
  const progress = shardProgress();
  const fewer = changes();
  signal.addEventListener('abort', fewer.tell, { once: true });
  const settle = (records: readonly ShardRecord[]): void => {
    const checkpoint = progress.settle(records.map(({ seq }) => seq));
    if (checkpoint !== undefined) book.report({ shard }, 'checkpoint', { seq: checkpoint });
  };
  const onSettled = ({ done, failed, message = 'no message' }: Settled<ShardRecord>): void => {
    for (const { seq } of tools.unreported(done)) book.report({ shard }, 'done', { seq });
    const [first] = failed;
    if (first !== undefined)
      book.report({ shard }, 'failed', { seq: first.seq, message: wordsOf(message, failed.length) });
    settle(done);
  };
  const onDiscard = (records: readonly ShardRecord[], why: DiscardReason): void => {
    const to = tools.onFailure === undefined ? {} : { to: tools.onFailure };
    for (const { seq } of records) book.report({ shard }, 'discard', { seq, ...to, message: why });
    settle(records);
  };
  const lanes = Array.from({ length: factor }, (_, lane): WorkedLane => {
    const hand = factor === 1 ? { shard } : { shard, lane };
    const invoke: LaneTools['invoke'] = ({ records }, isAgain) => {
      if (isAgain) book.again(hand);
      book.deliver(
        hand,
        records.flatMap(({ read }) => read),
      );
      return tools.invoke(records);
    };
    return workLane({ ...tools, invoke, onSettled, onDiscard }, fewer.tell);
  });
  const waiting = (): number => Math.max(...lanes.map((lane) => lane.waiting()));
  return {
    offer: async (records) => {
      for (const { seq } of records) progress.read(seq);
      for (const [index, lane] of lanes.entries()) {
        const mine = records.filter(({ key }) => laneOf(key, factor) === index);
        if (mine.length > 0) lane.offer(mine);
      }
      while (!signal.aborted && waiting() > batchesReady * policy.batchSize) await fewer.next();
    },
    finish: async () => {
      await Promise.all(lanes.map((lane) => lane.finish()));
    },
    open: progress.open,
  };
};

const wordsOf = (message: string, records: number): string =>
  shortMessage(`${records} ${records === 1 ? 'record' : 'records'}: ${message}`);
