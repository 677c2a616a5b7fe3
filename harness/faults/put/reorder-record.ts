import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import { falseAck } from './false-ack.ts';
import { putOptions, withProducer } from './put-options.ts';

/**
 * A record is acknowledged at once and stored behind the next call of its producer: the service reorders what it has
 * confirmed. `call` is the first that may be hit.
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
