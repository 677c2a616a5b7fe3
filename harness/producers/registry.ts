import { command } from './command.ts';
import { fn } from './fn.ts';
import type { Producer } from './producer.ts';
import { putRecord } from './put-record.ts';
import { putRecords } from './put-records.ts';
import { putRecordsAggregated } from './put-records-aggregated.ts';
import { scripted } from './scripted.ts';

/** Sending strategies by the name that a scenario gives as `type`. Adding one: a file and a line. */
export const producers = {
  putRecord,
  putRecords,
  putRecordsAggregated,
  scripted,
  command,
  fn,
} as const satisfies Record<string, Producer>;
