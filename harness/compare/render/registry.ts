import type { Comparison } from '../result.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { terminal } from './terminal.ts';

export type Format = {
  readonly fileName: string;
  /** `width`: characters of the terminal that shows it. */
  readonly render: (comparison: Comparison, width?: number) => string;
};

/** The formats of a comparison, by the name that `--reporter` takes. Adding one: its file, and a line here. */
export const formats = {
  terminal: { fileName: 'compare.txt', render: terminal },
  json: { fileName: 'compare.json', render: json },
  markdown: { fileName: 'compare.md', render: markdown },
  html: { fileName: 'compare.html', render: html },
} as const satisfies Record<string, Format>;
