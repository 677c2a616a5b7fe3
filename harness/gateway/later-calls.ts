import type { ProxiedCall } from '../faults/fault.ts';

/** The client of a call, and its index among that client's put calls, from 1. */
type Counted = Pick<ProxiedCall, 'client' | 'call'>;

export type LaterCalls = {
  /** Resolves when this many later calls of the client were answered; at once after `release`. */
  readonly after: (call: Counted, calls: number) => Promise<void>;
  /** Resolves when no other call of the client was in flight for as long as `sleep` takes; held calls do not count. */
  readonly alone: (call: Counted, sleep: () => Promise<void>) => Promise<void>;
  readonly begun: (call: Counted) => void;
  readonly answered: (call: Counted) => void;
  readonly release: () => void;
};

type Waiting = { readonly call: Counted; left: number; readonly resolve: () => void };
type Open = { readonly call: Counted; held: number };

/** Lets a held call wait for events instead of time. */
export const laterCalls = (): LaterCalls => {
  const open = new Set<Open>();
  const changes = new Set<() => void>();
  let waiting: Waiting[] = [];
  let isReleased = false;
  let begun = 0;
  const same = ({ client, call }: Counted, other: Counted): boolean => client === other.client && call === other.call;
  const changed = (): void => {
    for (const tell of changes) tell();
    changes.clear();
  };
  const hold = async (call: Counted, work: Promise<void>): Promise<void> => {
    const mine = [...open].find((one) => same(one.call, call));
    if (mine !== undefined) mine.held += 1;
    changed();
    await work;
    if (mine !== undefined) mine.held -= 1;
  };
  const isBusy = (call: Counted): boolean =>
    [...open].some((one) => one.call.client === call.client && !same(one.call, call) && one.held === 0);
  const untilAlone = async (call: Counted, sleep: () => Promise<void>): Promise<void> => {
    while (!isReleased) {
      if (isBusy(call)) await new Promise<void>((resolve) => void changes.add(resolve));
      else {
        const before = begun;
        await sleep();
        if (begun === before && !isBusy(call)) return;
      }
    }
  };
  return {
    after: (call, calls) => {
      if (isReleased) return Promise.resolve();
      return hold(call, new Promise((resolve) => void waiting.push({ call, left: calls, resolve })));
    },
    alone: (call, sleep) => hold(call, untilAlone(call, sleep)),
    begun: (call) => {
      begun += 1;
      open.add({ call, held: 0 });
    },
    answered: ({ client, call }) => {
      for (const one of open)
        if (same(one.call, { call, ...(client === undefined ? {} : { client }) })) open.delete(one);
      for (const held of waiting) {
        if (held.call.client !== client || call <= held.call.call) continue;
        held.left -= 1;
        if (held.left <= 0) held.resolve();
      }
      waiting = waiting.filter(({ left }) => left > 0);
      changed();
    },
    release: () => {
      isReleased = true;
      for (const { resolve } of waiting) resolve();
      waiting = [];
      changed();
    },
  };
};
