import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import { falseAck } from './false-ack.ts';
import { putOptions, withProducer } from './put-options.ts';

/**
 * Acknowledges a record at once, and stores it after the next call of its producer: the service reorders what it has
 * acknowledged. It fires at the first record from `call` on whose key was stored before.
 */
export const reorderRecord = defineFault({
  type: 'reorder-record',
  at: 'put',
  summary: 'one record is acknowledged and stored behind the next call',
  planted: ['ack-mismatch'],
  options: z.strictObject({ ...putOptions }),
  conflicts: withProducer(),
  arm: (options, tools) =>
    falseAck(
      {
        ...options,
        onFalseAck: ({ call, forward, entry }) => {
          tools.fired(call);
          tools.inBackground(tools.afterLater(call, 1).then(() => forward(entry)));
        },
      },
      tools,
    ),
});
