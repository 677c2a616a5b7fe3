import { z } from 'zod';
import { defineVariant, type Variant } from '../lib/variant.ts';
import { spreadKeys } from './keys.ts';
import type { KeyPlan, KeySequence } from './partition-key.ts';

/** One key takes most of the records: no number of shards makes that key faster. */
export const hotKey: Variant<KeySequence> = defineVariant({
  summary: 'one key takes `share` of all records, the others the rest',
  options: z.strictObject({ share: z.number().gt(0).lt(1).default(0.8) }),
  make: ({ share }) =>
    function* ({ keys, recordsPerKey, prefix, random }: KeyPlan) {
      const [hot = prefix, ...others] = spreadKeys(Math.max(2, keys), prefix, random);
      const total = keys * recordsPerKey;
      for (let record = 0; record < total; record += 1) {
        yield random.next() < share ? hot : (others[random.int(0, others.length - 1)] ?? hot);
      }
    },
});
