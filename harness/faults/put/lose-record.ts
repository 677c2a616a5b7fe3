import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import { falseAck } from './false-ack.ts';
import { putOptions, withProducer } from './put-options.ts';

/**
 * Acknowledges a record and never stores it, which no producer can see. It fires at the first record from `call` on
 * whose key was stored before.
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
