import type { InputOf } from './define-fault.ts';
import type { Fault } from './fault.ts';
import { delay } from './put/delay.ts';
import { dropResponse } from './put/drop-response.ts';
import { duplicateRecord } from './put/duplicate-record.ts';
import { failRecord } from './put/fail-record.ts';
import { loseRecord } from './put/lose-record.ts';
import { reorderRecord } from './put/reorder-record.ts';
import { dropRead } from './read/drop-read.ts';

/** Faults by the name that a scenario gives as `type` and a history as `fault`. Adding one: a file and a line. */
export const faults = {
  'fail-record': failRecord,
  'drop-response': dropResponse,
  delay,
  'drop-read': dropRead,
  'lose-record': loseRecord,
  'duplicate-record': duplicateRecord,
  'reorder-record': reorderRecord,
} as const satisfies Record<string, Fault>;

/** A fault as a scenario holds it. */
export type FaultInput = InputOf<typeof faults>;
