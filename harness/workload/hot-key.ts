import { z } from 'zod';
import { defineVariant } from '../lib/variant.ts';
import { spreadKeys } from './keys.ts';
import type { KeyPlan, KeySequence } from './partition-key.ts';

const variant = defineVariant({
  type: 'hot',
  summary: 'one key takes `share` of all records, the others the rest',
  options: z.strictObject({ share: z.number().gt(0).lt(1).default(0.8) }),
  make: ({ share }): KeySequence =>
    function* ({ keys, recordsPerKey, prefix, random }: KeyPlan) {
      const [hot = prefix, ...others] = spreadKeys(Math.max(2, keys), prefix, random);
      const total = keys * recordsPerKey;
      for (let record = 0; record < total; record += 1) {
        yield random.next() < share ? hot : (others[random.int(0, others.length - 1)] ?? hot);
      }
    },
});

/** One key takes most of the records: no number of shards makes that key faster. */
export const hotKey = Object.assign((share = 0.8) => ({ type: 'hot', share }) as const, variant);
