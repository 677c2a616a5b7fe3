import type { Comparison } from '../result.ts';
import { html } from './html.ts';
import { json } from './json.ts';
import { markdown } from './markdown.ts';
import { terminal } from './terminal.ts';

export type Format = {
  readonly fileName: string;
  /** `width`: characters in a line of the terminal. */
  readonly render: (comparison: Comparison, width?: number) => string;
};

/** The formats of a comparison, by the name that `--reporter` takes. A new format needs a file and an entry here. */
export const formats = {
  terminal: { fileName: 'compare.txt', render: terminal },
  json: { fileName: 'compare.json', render: json },
  markdown: { fileName: 'compare.md', render: markdown },
  html: { fileName: 'compare.html', render: html },
} as const satisfies Record<string, Format>;
