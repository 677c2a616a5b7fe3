/** Runs one work after the other, in the order of the calls. An error reaches only its own caller. */
export const oneByOne = (): ((work: () => Promise<void>) => Promise<void>) => {
  let last = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
};
