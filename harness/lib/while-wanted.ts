/**
 * Calls back when a promise is resolved that outlives whoever waits for it. Returns a function that ends the waiting:
 * then the promise keeps nothing of the caller.
 */
export const whileWanted = <T>(promise: Promise<T> | undefined, then: (value: T) => void): (() => void) => {
  let wanted: ((value: T) => void) | undefined = then;
  void promise?.then((value) => wanted?.(value));
  return () => {
    wanted = undefined;
  };
};
