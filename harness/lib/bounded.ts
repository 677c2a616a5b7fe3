import { cut } from './cut.ts';

/** The first `max` texts, and a line that counts the others. */
export const boundedList = (texts: readonly string[], max: number): readonly string[] =>
  texts.length <= max ? texts : [...texts.slice(0, max), `and ${(texts.length - max).toLocaleString('en-US')} more`];

/** A text of the user's, cut to a number of characters, never inside one. */
export const boundedText = (text: string, max: number): string => {
  if (text.length <= max) return text;
  const kept = cut(text, max);
  return `${kept}… and ${(text.length - kept.length).toLocaleString('en-US')} more characters`;
};

/** The same value with every text in it bounded. */
export const boundedIn = <T>(value: T, max: number): T => {
  if (typeof value === 'string') return boundedText(value, max) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => boundedIn(item, max)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, boundedIn(inner, max)])) as T;
};
