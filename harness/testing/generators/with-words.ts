/** Fields with values of our own code, numbers in a text, and texts that the tool wrote. */
const ours = new Set(
  [
    'anomaly',
    'expect',
    'verdict',
    'blame',
    'kind',
    'explainedBy',
    'type',
    'format',
    'api',
    'outcome',
    'phase',
    'role',
  ].concat(['seq', 'hash', 'range', 'reason']),
);

/** The same value with these words after each text that users may choose. */
export const withWords = <T>(value: T, words: string, name = ''): T => {
  if (ours.has(name)) return value;
  if (typeof value === 'string') return `${value}${words}` as T;
  if (Array.isArray(value)) return value.map((item: unknown) => withWords(item, words, name)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withWords(inner, words, key)])) as T;
};
