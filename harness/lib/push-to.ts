/**
 * Appends to the list under a key, creating the list if it is new. Copying the list each time would cost the square
 * of its length.
 */
export const pushTo = <K, V>(lists: Map<K, V[]>, name: K, value: V): void => {
  const known = lists.get(name);
  if (known === undefined) lists.set(name, [value]);
  else known.push(value);
};
