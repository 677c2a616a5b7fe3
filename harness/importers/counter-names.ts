/** Last words of names of counters: `eventSeq`, `order_version`, `MsgNo`. */
const endings = {
  sure: ['seq', 'sequence', 'seqno', 'seqnum', 'seqnr', 'counter'],
  /** Also the last words of other fields: the version of a schema, the number of a house. */
  perhaps: [
    'version',
    'revision',
    'rev',
    'offset',
    'ordinal',
    'index',
    'idx',
    'number',
    'num',
    'no',
    'nr',
    'generation',
  ],
} as const;

export type CounterLikeness = keyof typeof endings;

export const endsLikeCounter = (name: string): CounterLikeness | undefined => {
  const words = name.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+/g) ?? [];
  const lasts = [words.at(-1), words.slice(-2).join('')].map((word) => (word ?? '').toLowerCase());
  const has = (known: readonly string[]): boolean => lasts.some((last) => known.includes(last));
  if (has(endings.sure)) return 'sure';
  return has(endings.perhaps) ? 'perhaps' : undefined;
};
