import type { Delivered } from './delivered.ts';
import type { EarlyRead, EarlyReads } from './early-reads.ts';
import { type Call, entryField, type OpenCalls, readShift } from './open-calls.ts';
import type { Spill } from './spills.ts';

/** The calls under way, and what was read of them; `disown`: what was read is of no call. */
type Run = {
  readonly calls: OpenCalls;
  readonly readers: { readonly early: EarlyReads };
  readonly spill: Spill;
  readonly disown: (read: EarlyRead, call: Call, record: Pick<Delivered, 'flow' | 'n'>) => void;
};

/** Where the record of a call that stores nothing lies: if it was read, that is of no call. */
export const disownAt = (run: Run, at: number, call: Call): void => {
  const { ints } = run.calls;
  const read = (ints[at + entryField.flags] as number) >>> readShift;
  if (read === 0) return;
  const record = { flow: ints[at] as number, n: ints[at + entryField.n] as number };
  run.disown(run.readers.early.take(read - 1), call, record);
};

/** All lines were read, and it was not answered: nobody knows what it stored. */
export const leave = (run: Run, call: Call): void => {
  for (let index = call.first; index < call.first + call.count; index += 1) {
    const at = run.calls.at(index);
    disownAt(run, at, call);
    run.spill({ keyOf: run.calls.ints[at] as number }, 'a record whose put was not answered');
  }
};
