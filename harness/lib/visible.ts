import { nameOf } from './named-character.ts';

/**
 * Names and messages may come from anyone. Control characters, marks that change the direction of text, zero-width
 * characters and halves of surrogate pairs are shown by name, so that a text can neither hide something nor look like
 * another one.
 */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu, nameOf);

/** For a text whose line ends are our own: each line by itself. */
export const visibleLines = (text: string): string => text.split(/\r?\n/).map(visible).join('\n');

/** At most `max` characters; `…` at the end says that the text was cut. */
export const clipped = (text: string, max: number): string => {
  const shown = visible(text);
  const characters = Array.from(shown);
  return characters.length <= max ? shown : `${characters.slice(0, max - 1).join('')}…`;
};

/** The same value with every text in it made visible. Field names are our own and stay. */
export const visibleIn = <T>(value: T): T => {
  if (typeof value === 'string') return visible(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => visibleIn(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [visible(name), visibleIn(inner)])) as T;
};
