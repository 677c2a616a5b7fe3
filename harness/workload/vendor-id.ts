import { z } from 'zod';
import { defineKeys, type KeyPlan } from './partition-key.ts';

/** The lab's vendorId, 1 or 2: two keys, at most two busy shards. */
export const vendorId = defineKeys({
  type: 'vendorId',
  summary: "the lab's vendorId: the keys 1 and 2, drawn for each ride",
  options: z.strictObject({}),
  make: () =>
    function* ({ keys, recordsPerKey, random }: KeyPlan) {
      for (let record = 0; record < keys * recordsPerKey; record += 1) yield String(random.int(1, 2));
    },
});
