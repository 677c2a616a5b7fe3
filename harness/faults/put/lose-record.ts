import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import { falseAck } from './false-ack.ts';
import { putOptions, withProducer } from './put-options.ts';

/**
 * A record is acknowledged and never stored: the loss that no producer can see. `call` is the first that may be hit.
 */
export const loseRecord = defineFault({
  type: 'lose-record',
  at: 'put',
  summary: 'one record is acknowledged and never stored',
  planted: ['lost-write'],
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  arm: (options, tools) => falseAck({ ...options, onFalseAck: ({ call }) => tools.fired(call) }, tools),
});
