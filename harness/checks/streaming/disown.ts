import type { Delivered } from './delivered.ts';
import type { EarlyRead, EarlyReads } from './early-reads.ts';
import { type Call, entryField, readShift } from './open-calls.ts';
import type { Sent } from './sent.ts';

type Run = Sent & { readonly readers: { readonly early: EarlyReads } };

/** What was read is not what the call stored: nobody was told of its place. */
export const disown = (
  run: Sent,
  { shard: id, limbs, isAgain }: EarlyRead,
  call: Call,
  { flow, n }: Pick<Delivered, 'flow' | 'n'>,
): void => {
  const shard = run.shard(id);
  if (shard.runs.call === call.index) shard.runs.leave();
  // It may lie between the records of the call that sent it first, and is then one of these.
  if (isAgain) shard.runs.disown(flow, n);
  // It may have been counted among those of calls that lie apart, or between these.
  if ((isAgain || call.count > 1) && run.apart.isAny)
    run.spill('all', 'a record that was read elsewhere, and calls whose records lie apart');
  run.noteUnacked(shard, limbs, 0);
  run.spill({ flow, n }, 'a record that was read elsewhere than acknowledged');
};

/** Where the record of a call that stores nothing lies: if it was read, that is of no call. */
export const disownAt = (run: Run, at: number, call: Call): void => {
  const { ints } = run.calls;
  const read = (ints[at + entryField.flags] as number) >>> readShift;
  if (read === 0) return;
  const record = { flow: ints[at] as number, n: ints[at + entryField.n] as number };
  disown(run, run.readers.early.take(read - 1), call, record);
};

/** All lines were read, and it was not answered: nobody knows what it stored. */
export const leave = (run: Run, call: Call): void => {
  for (let index = call.first; index < call.first + call.count; index += 1) {
    const at = run.calls.at(index);
    disownAt(run, at, call);
    run.spill({ keyOf: run.calls.ints[at] as number }, 'a record whose put was not answered');
  }
};
