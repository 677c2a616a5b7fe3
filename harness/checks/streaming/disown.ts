import type { Delivered } from './delivered.ts';
import type { EarlyRead, EarlyReads } from './early-reads.ts';
import { type Call, entryField, readShift } from './open-calls.ts';
import type { Sent } from './sent.ts';

type Run = Sent & { readonly readers: { readonly early: EarlyReads } };

/** A record that was read is not the one that the call stored: its place was never acknowledged. */
export const disown = (
  run: Sent,
  { shard: id, limbs, isAgain }: EarlyRead,
  call: Call,
  { flow, n }: Pick<Delivered, 'flow' | 'n'>,
): void => {
  const shard = run.shard(id);
  if (shard.runs.call === call.index) shard.runs.leave();
  // It may lie between the records of the call that sent it first, and belong to that call.
  if (isAgain) shard.runs.disown(flow, n);
  // It may be counted already in a call that lies apart, as its record or as one between.
  if ((isAgain || call.count > 1) && run.apart.isAny)
    run.spill('all', 'a record that was read elsewhere, and calls whose records lie apart');
  run.noteUnacked(shard, limbs, 0);
  run.spill({ flow, n }, 'a record that was read elsewhere than acknowledged');
};

/**
 * Called for a record that the call did not store. `at`: its offset in `calls.ints`. If it was read, that is of no
 * call.
 */
export const disownAt = (run: Run, at: number, call: Call): void => {
  const { ints } = run.calls;
  const read = (ints[at + entryField.flags] as number) >>> readShift;
  if (read === 0) return;
  const record = { flow: ints[at] as number, n: ints[at + entryField.n] as number };
  disown(run, run.readers.early.take(read - 1), call, record);
};

/** Called after the last line for a call without an answer: what it stored is unknown. */
export const leave = (run: Run, call: Call): void => {
  for (let index = call.first; index < call.first + call.count; index += 1) {
    const at = run.calls.at(index);
    disownAt(run, at, call);
    run.spill({ keyOf: run.calls.ints[at] as number }, 'a record whose put was not answered');
  }
};
