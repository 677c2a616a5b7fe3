/** Work that was asked for while other work is under way waits its turn; an error reaches its own caller only. */
export const oneByOne = (): ((work: () => Promise<void>) => Promise<void>) => {
  let last = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
};
