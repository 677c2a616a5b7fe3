import type { ProxiedCall } from '../faults/fault.ts';

/** The producer of a call, and its index among that producer's put calls, from 1. */
type Counted = Pick<ProxiedCall, 'producer' | 'call'>;

export type LaterCalls = {
  /** Resolves when so many calls of the producer, later than this one, were answered; at once after `release`. */
  readonly after: (call: Counted, calls: number) => Promise<void>;
  readonly answered: (call: Counted) => void;
  readonly release: () => void;
};

type Waiting = { readonly call: Counted; left: number; readonly resolve: () => void };

/** Lets a held call wait for events, never for time. */
export const laterCalls = (): LaterCalls => {
  let waiting: Waiting[] = [];
  let isReleased = false;
  return {
    after: (call, calls) =>
      new Promise((resolve) => {
        if (isReleased) resolve();
        else waiting.push({ call, left: calls, resolve });
      }),
    answered: ({ producer, call }) => {
      for (const held of waiting) {
        if (held.call.producer !== producer || call <= held.call.call) continue;
        held.left -= 1;
        if (held.left <= 0) held.resolve();
      }
      waiting = waiting.filter(({ left }) => left > 0);
    },
    release: () => {
      isReleased = true;
      for (const { resolve } of waiting) resolve();
      waiting = [];
    },
  };
};
