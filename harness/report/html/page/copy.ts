import { announce } from './announce.ts';

/**
 * Copies a text with the clipboard API, or with a selection where a page from disk has no such API. The button shows
 * the outcome.
 */
export const copyText = async (text: string, button: HTMLElement): Promise<void> => {
  const isCopied = (await viaClipboard(text)) || viaSelection(text);
  announce(isCopied ? 'Copied.' : 'It could not be copied.');
  button.dataset['said'] = isCopied ? 'Copied' : 'Not copied';
  setTimeout(() => delete button.dataset['said'], 1500);
};

const viaClipboard = (text: string): Promise<boolean> =>
  navigator.clipboard?.writeText(text).then(
    () => true,
    () => false,
  ) ?? Promise.resolve(false);

const viaSelection = (text: string): boolean => {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'vh';
  document.body.append(area);
  area.select();
  const isDone = document.execCommand('copy');
  area.remove();
  return isDone;
};
