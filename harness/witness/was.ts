/**
 * The origin of an entry or a record of a witness in the history that it was cut from: its number there, if it has
 * one, and its line, counted from 1.
 */
export type Was = { readonly n?: number; readonly line: number };

/** A witness of a witness keeps the first origin, because users look into that history. */
export const withWas = <T extends { readonly n?: number }>(item: T, line: number): T & { readonly was: Was } => {
  const { was } = item as { readonly was?: Was };
  return { ...item, was: was ?? { ...(item.n === undefined ? {} : { n: item.n }), line } };
};
