import stringWidth from 'string-width';

/** The width in columns of a terminal: wide characters take two, colour codes none. */
export const widthOf = (text: string): number => stringWidth(text);

export const padded = (text: string, width: number): string =>
  `${text}${' '.repeat(Math.max(0, width - widthOf(text)))}`;
