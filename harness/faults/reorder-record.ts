import { z } from 'zod';
import { defineVariant } from '../lib/variant.ts';
import { callOptions } from './call-options.ts';
import type { Fault } from './fault.ts';
import { feigned } from './feigned.ts';

/**
 * A record is acknowledged at once and stored behind the next call of its producer: the service reorders what it has
 * confirmed. `call` is the first that may be hit.
 */
export const reorderRecord: Fault = defineVariant({
  summary: 'one record is acknowledged and stored behind the next call',
  options: z.strictObject({ ...callOptions }),
  make:
    (options) =>
    ({ fired, afterLater, inBackground }) =>
      feigned({
        ...options,
        onFeigned: ({ call, forward, entry }) => {
          fired(call);
          inBackground(afterLater(call, 1).then(() => forward(entry)));
        },
      }),
});
