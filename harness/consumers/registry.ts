import type { Consumer } from './consumer.ts';
import { getRecords } from './get-records.ts';
import { subscribeToShard } from './subscribe-to-shard.ts';

/** Reading strategies by the name that a scenario gives as `type`. Adding one: a file and a line. */
export const consumers = { getRecords, subscribeToShard } as const satisfies Record<string, Consumer>;
