/** Where a record is stored. */
export type Place = { readonly shard: string; readonly seq: string; readonly sub?: number };

/** Some engines write leading zeros, so numbers are compared without them. */
export const canonical = (seq: string): string => (seq.startsWith('0') ? seq.replace(/^0+(?=\d)/, '') : seq);

export const placeName = (shard: string, { seq, sub }: Omit<Place, 'shard'>): string =>
  `${shard} ${canonical(seq)} ${sub ?? ''}`;

/** Compares by length, then by text: both without leading zeros. */
export const compareSeq = (one: string, other: string): number => {
  const [a, b] = [canonical(one), canonical(other)];
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
};

/** Returns a number as wide as another one, which may begin with zeros. */
export const asWide = (value: bigint, as: string): string => String(value).padStart(as.length, '0');
