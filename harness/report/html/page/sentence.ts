import { html, type TemplateResult } from 'lit-html';

/** A sentence of a finding with what matters in it set off: lines are buttons that light up their record, numbers of records are bold, shards and sequence numbers are code. */
export const sentenceView = (sentence: string, onLine: (line: number) => void): readonly (TemplateResult | string)[] =>
  sentence.split(/(\blines? \d+|#\d+|shardId-\d{12}|…\d{6,}|\b\d{15,}\b)/).map((part) => {
    const [, line] = /^lines? (\d+)$/.exec(part) ?? [];
    if (line !== undefined)
      return html`<button type="button" class="link" data-line=${line} @click=${() => onLine(Number(line))}>${part}</button>`;
    if (/^#\d+$/.test(part)) return html`<b>${part}</b>`;
    if (/^(shardId-|…\d|\d{15})/.test(part)) return html`<code>${part}</code>`;
    return part;
  });
