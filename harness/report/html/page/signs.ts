import { html, svg, type TemplateResult } from 'lit-html';

/** Signs that say by their shape what their colour says: a filled square is a violation, a hollow one a breach that nothing forbids. */
export type Sign = 'bad' | 'asked' | 'ok' | 'unknown' | 'none';

const paths: Readonly<Record<Sign, ReturnType<typeof svg>>> = {
  bad: svg`<rect x="1" y="1" width="14" height="14" rx="3.2" fill="currentColor"/><path d="M5.2 5.2l5.6 5.6M10.8 5.2l-5.6 5.6" class="sign-cut"/>`,
  asked: svg`<rect x="1.7" y="1.7" width="12.6" height="12.6" rx="3" class="sign-line"/><path d="M5.6 5.6l4.8 4.8M10.4 5.6l-4.8 4.8" class="sign-line"/>`,
  ok: svg`<circle cx="8" cy="8" r="6.4" class="sign-line"/><path d="M5.1 8.2l2.1 2.1 3.8-4.2" class="sign-line"/>`,
  unknown: svg`<path d="M8 1.3l6.7 6.7-6.7 6.7-6.7-6.7z" class="sign-line"/><path d="M8 5v3.6M8 10.8v.3" class="sign-line"/>`,
  none: svg`<path d="M4 8h8" class="sign-line"/>`,
};

export const sign = (kind: Sign, size = 14): TemplateResult =>
  html`<svg class=${`sign ${kind}`} width=${size} height=${size} viewBox="0 0 16 16" aria-hidden="true">${paths[kind]}</svg>`;
