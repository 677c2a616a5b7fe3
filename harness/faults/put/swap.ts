import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/**
 * Swaps two calls in flight. The first is held while the client has another one in flight, and is stored after that.
 * It is released as soon as the client sends nothing else, so that a serial client meets no swap.
 */
export const swap = defineFault({
  type: 'swap',
  at: 'put',
  summary: 'of two calls in flight the first is stored behind the second',
  legal: {
    grade: 'documented',
    sentence:
      'the returned sequence numbers are not guaranteed to increase because the put operations appear essentially as simultaneous to Kinesis Data Streams',
    source: 'developer guide, adding data with PutRecord',
  },
  options: z.strictObject({
    ...putOptions,
    /** The call is forwarded after this many milliseconds without another call in flight. Default 25. */
    aloneMs: z.int().min(1).max(60_000).default(25),
  }),
  conflicts: withProducer((_, { name, inFlight }) =>
    inFlight === 1 ? [`swap needs two calls in flight, and ${name} has one: give it inFlight 2 or more`] : [],
  ),
  draw: () => ({}),
  arm:
    ({ aloneMs, ...options }, tools) =>
    async (call, forward) => {
      if (!isPutCall(options, call, tools)) return forward(call.body);
      const isPassed = await Promise.race([
        tools.afterLater(call, 1).then(() => true),
        tools.untilAlone(call, aloneMs).then(() => false),
      ]);
      if (isPassed && !tools.isHealed()) tools.fired(call);
      return forward(call.body);
    },
});
