import { delay } from './delay.ts';
import { dropResponse } from './drop-response.ts';
import { duplicateRecord } from './duplicate-record.ts';
import { failRecord } from './fail-record.ts';
import type { Fault } from './fault.ts';
import { loseRecord } from './lose-record.ts';
import { reorderRecord } from './reorder-record.ts';

/** Faults by the name that a scenario gives as `type` and a history as `fault`. Adding one: a file and a line. */
export const faults = {
  'fail-record': failRecord,
  'drop-response': dropResponse,
  delay,
  'lose-record': loseRecord,
  'duplicate-record': duplicateRecord,
  'reorder-record': reorderRecord,
} as const satisfies Record<string, Fault>;
