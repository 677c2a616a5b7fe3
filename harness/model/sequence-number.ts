/**
 * Sequence numbers are decimal strings of up to 129 digits; engines differ in length and some write leading zeros.
 * Compared as numbers without BigInt: by length without leading zeros, then by text.
 */
export const compareSequence = (a: string, b: string): number => {
  if (a.length === b.length) return a < b ? -1 : a > b ? 1 : 0;
  const x = canonicalSequence(a);
  const y = canonicalSequence(b);
  if (x.length !== y.length) return x.length - y.length;
  return x < y ? -1 : x > y ? 1 : 0;
};

/** The same number without leading zeros: two spellings of one number become one text. */
export const canonicalSequence = (text: string): string => {
  let start = 0;
  while (start < text.length - 1 && text.charCodeAt(start) === 48) start += 1;
  return text.slice(start);
};

/** 1 to 129 decimal digits. Source: the pattern of PutRecordsResultEntry.SequenceNumber, leading zeros tolerated. */
export const isSequenceNumber = (text: unknown): text is string => typeof text === 'string' && /^\d{1,129}$/.test(text);
