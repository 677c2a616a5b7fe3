import { html, svg, type TemplateResult } from 'lit-html';
import { type Sign, signPaths } from '../sign-paths.ts';

export const sign = (kind: Sign): TemplateResult =>
  html`<svg class=${`sign ${kind}`} width="12" height="12" viewBox="0 0 16 16" aria-hidden="true">${signPaths[kind].map(([look, d]) => svg`<path class=${look} d=${d}/>`)}</svg>`;
