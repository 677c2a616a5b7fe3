/**
 * Names and messages come from whoever wrote the history: control characters, marks that turn the direction of a text,
 * characters of no width and halves of a pair are shown as what they are, so that a text can neither hide something
 * nor look like another one.
 */
export const visible = (text: string): string =>
  text.replace(
    /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => `⟨${nameOf(character)}⟩`,
  );

const names: Readonly<Record<string, string>> = {
  '\0': 'NUL',
  '\t': 'TAB',
  '\n': 'LF',
  '\r': 'CR',
  '\u001b': 'ESC',
  '\u007f': 'DEL',
  '\u202a': 'LRE',
  '\u202b': 'RLE',
  '\u202c': 'PDF',
  '\u202d': 'LRO',
  '\u202e': 'RLO',
  '\u2066': 'LRI',
  '\u2067': 'RLI',
  '\u2068': 'FSI',
  '\u2069': 'PDI',
};

const nameOf = (character: string): string =>
  names[character] ?? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

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
