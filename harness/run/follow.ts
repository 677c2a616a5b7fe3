import { setMaxListeners } from 'node:events';

/**
 * A controller that aborts with any of its parents. `AbortSignal.any` is not used, because Node 20 may collect its
 * result while someone still waits for it (nodejs/node#54614), and then nothing ever aborts. Here the parents'
 * listeners hold it until `release`.
 */
export type Follower = {
  readonly signal: AbortSignal;
  readonly abort: (reason?: unknown) => void;
  readonly release: () => void;
};

export const follow = (...parents: readonly AbortSignal[]): Follower => {
  const controller = new AbortController();
  // Each shard and reader adds a listener, which is not a leak; Node warns from the eleventh listener on.
  setMaxListeners(0, controller.signal);
  const undo = parents.map((parent) => {
    const end = (): void => controller.abort(parent.reason);
    if (parent.aborted) end();
    else parent.addEventListener('abort', end, { once: true });
    return () => parent.removeEventListener('abort', end);
  });
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release: () => {
      for (const one of undo) one();
    },
  };
};
