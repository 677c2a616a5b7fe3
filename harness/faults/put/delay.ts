import { z } from 'zod';
import { defineFault } from '../define-fault.ts';
import type { ProxiedAnswer } from '../fault.ts';
import { isPutCall, putOptions, withProducer } from './put-options.ts';

/**
 * Holds one call while later ones of the same producer pass, so that it is stored after them. With `lose` the client
 * gets no answer (its connection is closed at once), and the call is still stored later, like a request that was stuck
 * in the network.
 */
export const delay = defineFault({
  type: 'delay',
  at: 'put',
  summary: 'one call is held while later ones of its producer pass',
  legal: {
    grade: 'permitted',
    sentence: 'a timed-out request may actually succeed at the backend',
    source: 'KPL, default_config.properties, RequestTimeout: nothing says when',
  },
  options: z.strictObject({
    ...putOptions,
    /** The call is forwarded when this many later calls of the producer were answered. Default 1. */
    laterCalls: z.int().min(1).max(10_000).default(1),
    /** The client gets no answer. Default false. */
    lose: z.boolean().default(false),
  }),
  conflicts: withProducer(({ lose }, { name, inFlight }) =>
    !lose && inFlight === 1
      ? [
          `delay holds a call until later ones were answered, and ${name} sends none before: give it inFlight 2 or more, or lose: true`,
        ]
      : [],
  ),
  draw: (random) => ({ lose: true, laterCalls: random.int(1, 5) }),
  arm: (options, tools) => async (call, forward) => {
    if (!isPutCall(options, call, tools)) return forward(call.body);
    tools.fired(call, { laterCalls: options.laterCalls, lose: options.lose });
    const passOn = async (): Promise<ProxiedAnswer> => {
      await tools.afterLater(call, options.laterCalls);
      return forward(call.body);
    };
    if (!options.lose) return passOn();
    tools.inBackground(passOn());
    return { kind: 'drop' };
  },
});
