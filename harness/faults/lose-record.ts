import { z } from 'zod';
import { defineVariant } from '../lib/variant.ts';
import { callOptions } from './call-options.ts';
import type { Fault } from './fault.ts';
import { feigned } from './feigned.ts';

/**
 * A record is acknowledged and never stored: the loss that no producer can see. `call` is the first that may be hit.
 */
export const loseRecord: Fault = defineVariant({
  summary: 'one record is acknowledged and never stored',
  options: z.strictObject({ ...callOptions }),
  make:
    (options) =>
    ({ fired }) =>
      feigned({ ...options, onFeigned: ({ call }) => fired(call) }),
});
