/** Notifies waiters of a change, so that they check again. */
export type Changes = { readonly next: () => Promise<void>; readonly tell: () => void };

export const changes = (): Changes => {
  let waiting: (() => void)[] = [];
  return {
    next: () => new Promise((resolve) => waiting.push(resolve)),
    tell: () => {
      const waiters = waiting;
      waiting = [];
      for (const resolve of waiters) resolve();
    },
  };
};
