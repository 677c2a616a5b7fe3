import { z } from 'zod';
import { HarnessError } from '../lib/error.ts';
import { defineVariant } from '../lib/variant.ts';
import { openIdentity } from './identity.ts';
import type { PayloadMaker } from './payload.ts';

const variant = defineVariant({
  type: 'bytes',
  summary: 'plain bytes of a given size, identity included',
  options: z.strictObject({ size: z.int().min(1).max(10_485_760) }),
  make: ({ size }): PayloadMaker => {
    const filler = Buffer.alloc(size, 'abcdefghijklmnopqrstuvwxyz012345');
    return (identity, random) => {
      const header = `${openIdentity(identity)}}\n`;
      const length = Buffer.byteLength(header);
      if (length > size) {
        throw new HarnessError(
          'usage',
          `workload.payload.size: ${size} bytes cannot hold the identity of ${identity.producer}'s ${identity.key} #${identity.n}, which takes ${length}`,
          {
            hint: `give at least ${length + 16}`,
          },
        );
      }
      const data = Buffer.from(filler);
      data.write(header, 0);
      if (size > length) data[length] = 97 + random.int(0, 25);
      return data;
    };
  },
});

/** Bytes of a given size: the identity on the first line, printable filler behind it. */
export const bytes = Object.assign((size: number) => ({ type: 'bytes', size }) as const, variant);
