/** The first `max` UTF-16 units of a text, without half a surrogate pair. */
export const cut = (text: string, max: number): string => text.slice(0, max).replace(/[\uD800-\uDBFF]$/, '');

/** The last `max` UTF-16 units of a text, without half a surrogate pair. */
export const cutEnd = (text: string, max: number): string =>
  max <= 0 ? '' : text.slice(-max).replace(/^[\uDC00-\uDFFF]/, '');

/** A text of at most `max` UTF-16 units; `…` at its end says that it was cut. */
export const shortened = (text: string, max: number): string => (text.length > max ? `${cut(text, max - 1)}…` : text);
