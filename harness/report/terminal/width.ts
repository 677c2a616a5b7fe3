import stringWidth from 'string-width';

/** In columns of a terminal: wide characters take two, colours none. */
export const widthOf = (text: string): number => stringWidth(text);

export const padded = (text: string, width: number): string =>
  `${text}${' '.repeat(Math.max(0, width - widthOf(text)))}`;
