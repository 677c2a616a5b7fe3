import { z } from 'zod';
import { defineVariant } from '../lib/variant.ts';
import { callOptions, isCall } from './call-options.ts';
import type { Fault } from './fault.ts';

/**
 * One call is held while later ones of the same producer pass, and is stored behind them. `lose`: the client is told
 * nothing (the connection is closed at once) and the call still lands later, as a request does that was stuck in the
 * network.
 */
export const delay: Fault = defineVariant({
  summary: 'one call is held while later ones of its producer pass',
  options: z.strictObject({
    ...callOptions,
    /** Passed on when so many later calls of the producer were answered. */
    laterCalls: z.int().min(1).max(10_000).default(1),
    lose: z.boolean().default(false),
  }),
  make:
    (options) =>
    ({ fired, afterLater, inBackground }) =>
    async (call, forward) => {
      if (!isCall(options, call)) return forward(call.body);
      fired(call, { laterCalls: options.laterCalls, lose: options.lose });
      const passOn = async (): Promise<Awaited<ReturnType<typeof forward>>> => {
        await afterLater(call, options.laterCalls);
        return forward(call.body);
      };
      if (!options.lose) return passOn();
      inBackground(passOn());
      return { kind: 'drop' };
    },
});
