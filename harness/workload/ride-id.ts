import { z } from 'zod';
import { defineKeys, type KeyPlan } from './partition-key.ts';

/**
 * The lab's own loop: the partition key is the ride's random id, so hardly any key has two records, and order cannot
 * be judged.
 */
export const rideId = defineKeys({
  type: 'rideId',
  summary: "the lab's random ride id: a new key for almost every record",
  options: z.strictObject({}),
  make: () =>
    function* ({ keys, recordsPerKey, random }: KeyPlan) {
      for (let record = 0; record < keys * recordsPerKey; record += 1) yield `id${random.int(1_665_586, 8_888_888)}`;
    },
});
