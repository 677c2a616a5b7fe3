/**
 * Adds to the list of a name, made when it is new: copying the list each time would make a long one cost its square.
 */
export const pushTo = <K, V>(lists: Map<K, V[]>, name: K, value: V): void => {
  const known = lists.get(name);
  if (known === undefined) lists.set(name, [value]);
  else known.push(value);
};
