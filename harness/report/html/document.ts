import { createHash } from 'node:crypto';
import type { PageCode } from './bundle.ts';
import type { PageHistory, PageIndex } from './data.ts';
import { escapeHtml, inertJson } from './escape.ts';
import { staticPage } from './static-page.ts';

type Part = { readonly page: PageHistory; readonly records: string | undefined };

/**
 * The file itself. Its policy forbids every request and every script but our own, which it knows by its hash; what comes from a history stands in elements that are not run.
 * What matters is plain HTML besides, readable before and without any script.
 */
export const documentOf = (index: PageIndex, parts: readonly Part[], { script, style }: PageCode): string =>
  [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policyOf(script, style)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    '<meta name="referrer" content="no-referrer">',
    `<title>${escapeHtml(titleOf(index))}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<div id="app"></div>',
    `<div id="plain">${staticPage(
      index,
      parts.map(({ page }) => page),
    )}</div>`,
    data('index', index),
    ...parts.map(({ page }) => data(`history-${page.id}`, page)),
    `<script>${script}</script>`,
    ...parts.flatMap(({ page, records }) =>
      records === undefined
        ? []
        : [`<script type="application/octet-stream" id="records-${escapeHtml(page.id)}">${records}</script>`],
    ),
    '</body>',
    '</html>',
    '',
  ].join('\n');

const data = (id: string, value: unknown): string =>
  `<script type="application/json" id="${escapeHtml(id)}">${inertJson(value)}</script>`;

const policyOf = (script: string, style: string): string =>
  [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    'img-src data: blob:',
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types lit-html',
  ].join('; ');

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

const titleOf = ({ items }: PageIndex): string => {
  const [only] = items;
  const red = items.filter(({ state }) => state === 'violated' || state === 'failed').length;
  if (items.length === 1 && only !== undefined) return `${only.scenario}: ${only.state} · kinesis-order`;
  return `${red === 0 ? `${items.length} histories` : `${red} of ${items.length} violated`} · kinesis-order`;
};
