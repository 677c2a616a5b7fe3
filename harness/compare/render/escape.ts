import { htmlText, markdownText } from '../../lib/markdown-text.ts';
import { visible } from '../../lib/visible.ts';

/** Names and messages are text, whatever they contain: in a page, and in Markdown that GitHub renders. */
export const escapeHtml = (text: string): string =>
  htmlText(visible(text)).replaceAll('"', '&quot;').replaceAll("'", '&#39;');

export const markdownCell = (text: string): string => markdownText(visible(text));
