/** Two looks at the digits of a sequence number that many places are asked for: no big integers, one pass each. */

/** FNV-1a over the last digits, where neighbours differ. */
export const tagOf = (seq: string): number => {
  let hash = seq.length;
  for (let at = Math.max(0, seq.length - 16); at < seq.length; at += 1)
    hash = Math.imul(hash ^ seq.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
};

/** 56 digits, a leading 4 or 5, and a last hexadecimal digit 2: the form that AWS's numbers have. 10^4 is a multiple of 16, so four digits tell the last one. */
export const looksEncoded = (seq: string): boolean => {
  if (seq.length !== 56 || (seq.charCodeAt(0) !== 52 && seq.charCodeAt(0) !== 53)) return false;
  let low = 0;
  for (let at = 52; at < 56; at += 1) low = low * 10 + seq.charCodeAt(at) - 48;
  return (low & 15) === 2;
};
