import type { LineTally } from './hearing.ts';

/** Of a line that could not be read nobody knows what it said: nothing may be called lost. */
export const unreadWords = (name: string, { bad, firstBad }: LineTally): string | undefined => {
  if (bad === 0) return undefined;
  return `${name} wrote ${bad === 1 ? 'a line' : `${bad} lines`} that cannot be read: ${firstBad}`;
};
