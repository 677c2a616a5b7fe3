import { type Call, entryField, readShift } from './open-calls.ts';
import type { StreamingRun } from './streaming-run.ts';

/** Where the record of a call that stores nothing lies: if it was read, that is of no call. */
export const disownAt = (run: StreamingRun, at: number, call: Call): void => {
  const { ints } = run.calls;
  const read = (ints[at + entryField.flags] as number) >>> readShift;
  if (read === 0) return;
  const record = { flow: ints[at] as number, n: ints[at + entryField.n] as number };
  run.disown(run.readers.early.take(read - 1), call, record);
};

/** All lines were read, and it was not answered: nobody knows what it stored. */
export const leave = (run: StreamingRun, call: Call): void => {
  if (call.isMarker) return run.spill('all', 'an end marker that was not answered');
  for (let index = call.first; index < call.first + call.count; index += 1) {
    const at = run.calls.at(index);
    disownAt(run, at, call);
    run.spill({ keyOf: run.calls.ints[at] as number }, 'a record whose put was not answered');
  }
};
