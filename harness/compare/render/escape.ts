import { htmlText, markdownText } from '../../lib/markdown-text.ts';
import { visible } from '../../lib/visible.ts';

/** Escapes a text for HTML, whatever it contains. */
export const escapeHtml = (text: string): string =>
  htmlText(visible(text)).replaceAll('"', '&quot;').replaceAll("'", '&#39;');

export const markdownCell = (text: string): string => markdownText(visible(text));
