/** JSON that may stand in a script element which is not run: without `<` nothing in it can end the element or begin a comment. */
export const inertJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The same value with every text in it made visible; names of fields are our own. */
export const visibleIn = <T>(value: T, visible: (text: string) => string): T => {
  if (typeof value === 'string') return visible(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => visibleIn(item, visible)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [visible(name), visibleIn(inner, visible)]),
  ) as T;
};
