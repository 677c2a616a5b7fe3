import { htmlText, markdownText } from '../../lib/markdown-text.ts';
import { visible } from '../../lib/visible.ts';

/** Whatever a name or a message holds, it is text: in a page, and in Markdown that GitHub makes a page of. */
export const escapeHtml = (text: string): string =>
  htmlText(visible(text)).replaceAll('"', '&quot;').replaceAll("'", '&#39;');

export const markdownCell = (text: string): string => markdownText(visible(text));
