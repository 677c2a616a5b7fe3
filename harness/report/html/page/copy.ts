import { html, type TemplateResult } from 'lit-html';
import { announce } from './announce.ts';

/** A button that copies a text: by the clipboard, or, where a file has none, by a selection. */
export const copyButton = (text: () => string, name: string): TemplateResult =>
  html`<button type="button" class="button" @click=${(event: Event) => void copy(text(), event.currentTarget as HTMLButtonElement)}>${name}</button>`;

const copy = async (text: string, button: HTMLButtonElement): Promise<void> => {
  const isCopied = (await viaClipboard(text)) || viaSelection(text);
  announce(isCopied ? 'Copied.' : 'It could not be copied.');
  button.dataset['said'] = isCopied ? 'Copied' : 'Not copied';
  setTimeout(() => delete button.dataset['said'], 1500);
};

const viaClipboard = async (text: string): Promise<boolean> => {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
};

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
