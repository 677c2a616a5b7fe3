import { type Sign, signPaths } from '../sign-paths.ts';
import { type Markup, markup } from './markup.ts';

export const sign = (kind: Sign, size = 14): Markup =>
  markup`<svg class="sign ${kind}" width="${size}" height="${size}" viewBox="0 0 16 16" aria-hidden="true">${signPaths[kind].map(([look, d]) => markup`<path class="${look}" d="${d}"/>`)}</svg>`;
