import { z } from 'zod';
import { spreadKeys } from './keys.ts';
import { defineKeys, type KeyPlan } from './partition-key.ts';

/** Every key as often as the others, in turn. */
export const evenKeys = defineKeys({
  type: 'even',
  summary: 'the keys in turn, each as often as the others',
  options: z.strictObject({}),
  make: () =>
    function* ({ keys, recordsPerKey, prefix, random }: KeyPlan) {
      const names = spreadKeys(keys, prefix, random);
      for (let round = 0; round < recordsPerKey; round += 1) yield* names;
    },
});
