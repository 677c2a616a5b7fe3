import type { Consumer } from './consumer.ts';
import { getRecords } from './get-records.ts';

/** Reading strategies by the name that a scenario gives as `type`. Adding one: a file and a line. */
export const consumers = { getRecords } as const satisfies Record<string, Consumer>;
