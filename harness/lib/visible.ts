import { nameOf } from './named-character.ts';

/**
 * Names and messages come from whoever wrote the history: control characters, marks that turn the direction of a text,
 * characters of no width and halves of a pair are shown as what they are, so that a text can neither hide something
 * nor look like another one.
 */
export const visible = (text: string): string =>
  text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu, nameOf);

/** Of a text that may have several lines of our own making: each for itself. */
export const visibleLines = (text: string): string => text.split(/\r?\n/).map(visible).join('\n');

/** At most so many characters; what is left out is said. */
export const clipped = (text: string, max: number): string => {
  const shown = visible(text);
  const characters = Array.from(shown);
  return characters.length <= max ? shown : `${characters.slice(0, max - 1).join('')}…`;
};

/** The same value with every text in it made visible; names of fields are our own. */
export const visibleIn = <T>(value: T): T => {
  if (typeof value === 'string') return visible(value) as T;
  if (Array.isArray(value)) return value.map((item: unknown) => visibleIn(item)) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [visible(name), visibleIn(inner)])) as T;
};
