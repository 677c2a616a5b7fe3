import { copyLimbs } from '../../model/sequences.ts';
import { leave } from './disown.ts';
import { countedAgain } from './hold-readers.ts';
import type { ShardFront } from './shard-front.ts';
import { rowField } from './shard-queue.ts';
import type { StreamingRun } from './streaming-run.ts';

/**
 * Called after the last line. Sets aside records that were never sent again or never read, and the records that their
 * claims ask about.
 */
export const finish = (run: StreamingRun): void => {
  const { spill } = run;
  for (const call of run.calls.all()) leave(run, call);
  for (const flow of run.rejected.flows()) spill({ keyOf: flow }, 'a record that was given up');
  for (const shard of run.shards) {
    if (shard.foreign > 0 && (shard.hasLost || shard.hasAgain))
      spill('all', 'a skipped record, or a reader that began again, beside records of others');
    if (shard.hasLost) keepStarts(run, shard);
    if (shard.queue.length > 0) keepUnread(run, shard);
  }
  // The claims on a skipped record also ask about the last record of its flow that was read.
  for (const flow of run.flows.passed) spill({ flow, n: run.flows.lastRead(flow) }, 'a record that was passed over');
  // A record that is set aside would also have to be compared with what each consumer got.
  if (run.subjects.isAny && run.spills.why !== undefined) spill('all', `${run.spills.why}, and a consumer under test`);
  // These records are plain, except that others lie between them, or that a reader began again.
  run.apart.keep(spill, run.foreign);
  run.readers.again.keep(spill, run.markers, countedAgain(run));
};

/** Only a reader that began at TRIM_HORIZON, and resumed where it was, provably skipped what it did not get. */
const keepStarts = (run: StreamingRun, { chains, hasAgain }: ShardFront): void => {
  holdRetained(run);
  if (hasAgain) return run.spill('all', 'a skipped record in a shard of which a reader began again');
  for (const { start, isReopened, resumed } of chains) {
    const isFromTrim = start.isTrim === true && !isReopened;
    if (!isFromTrim)
      return run.spill('all', 'a skipped record in a shard whose readers did not all begin once at TRIM_HORIZON');
    for (let at = 0; at < resumed.length; at += 2)
      run.spill({ flow: resumed[at] as number, n: resumed[at + 1] as number }, 'a reader that went on');
  }
};

/** Sets aside acknowledged records that nobody read. */
const keepUnread = (run: StreamingRun, shard: ShardFront): void => {
  const { id, chains, queue, last } = shard;
  holdRetained(run);
  if (shard.hasMidStream)
    return run.spill('all', 'a record that was not read, in a shard that a reader began in between');
  const isOpen = chains.every(({ endedLine }) => endedLine === 0);
  if (!isOpen) return run.spill('all', 'a shard that ended before its last record');
  const why = 'a record that was not read';
  for (; queue.front(); queue.shift()) {
    const { ints, at } = queue;
    run.readers.holdUnread(shard);
    const flow = ints[at + rowField.flow] as number;
    run.spill(run.flows.shardOf(flow) === id ? { flow, n: ints[at + rowField.n] as number } : { keyOf: flow }, why);
    // The queue ascends, so this is the highest number of the shard so far.
    copyLimbs(ints, at, last, 0);
  }
};

/** Spills everything if records may have expired while the run lasted. */
const holdRetained = ({ spill, tables: { head, lastT } }: StreamingRun): void => {
  const hours = head?.stream?.retentionHours ?? 24;
  if (lastT >= hours * 3_600_000_000) spill('all', 'a record that was not read, in a run longer than the retention');
};
