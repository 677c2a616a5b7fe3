import { createHash } from 'node:crypto';
import type { PageCode } from './bundle.ts';
import type { PageHistory, PageIndex, ScriptHistory, ScriptIndex } from './data.ts';
import { inertJson } from './inert.ts';
import { articleView, plainList } from './view/article.ts';
import { catalogueView } from './view/claims.ts';
import { escapeHtml, markup } from './view/markup.ts';

type Part = { readonly page: PageHistory; readonly records: string | undefined };

/**
 * The HTML file. Its content security policy forbids every request, and every script but the report's own, which is
 * recognised by its hash. Data of a history is in elements that are not run. The main parts are plain HTML and
 * readable without a script.
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
    markup`<a class="skip" href="#main">Skip to the report</a>
<div class="app"><nav class="side" id="list" aria-label="Scenarios">${plainList(index)}</nav>
<main id="main">${parts.map(({ page }) => articleView(page, index))}${parts.length === 0 ? markup`<p class="empty">There is no history in this report.</p>` : null}
${catalogueView(index.catalogue)}<footer>Made by kinesis-order ${index.version}, ${index.madeAt.slice(0, 16).replace('T', ' ')} UTC.</footer></main></div>
<p class="vh" id="live" aria-live="polite"></p>`.text,
    data('index', { items: index.items } satisfies ScriptIndex),
    ...parts.map(({ page }) => data(`data-${page.id}`, scriptHistory(page))),
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

const scriptHistory = ({ id, title, run, drawing, findings }: PageHistory): ScriptHistory => ({
  id,
  title,
  run,
  drawing,
  findings: findings.map(({ anomaly, number, key }) => ({ anomaly, number, key })),
});

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
