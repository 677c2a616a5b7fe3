/**
 * Calls back when a promise is resolved that may live longer than its waiter. Returns a function that ends the
 * waiting: then the promise keeps no reference to the caller.
 */
export const whileWanted = <T>(promise: Promise<T> | undefined, then: (value: T) => void): (() => void) => {
  let wanted: ((value: T) => void) | undefined = then;
  void promise?.then((value) => wanted?.(value));
  return () => {
    wanted = undefined;
  };
};
