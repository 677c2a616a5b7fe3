import { html, nothing, type TemplateResult } from 'lit-html';
import type { CatalogueEntry, PageClaim, PageHistory } from '../data.ts';
import { type Sign, sign } from './signs.ts';

type Catalogue = Readonly<Record<string, CatalogueEntry>>;

/** Every claim: those with something to say stand open, the others are folded. */
export const claimsView = (
  page: PageHistory,
  catalogue: Catalogue,
  onClaim: (anomaly: string) => void,
): TemplateResult | typeof nothing => {
  const { claims } = page;
  if (claims.length === 0) return nothing;
  const isLoud = ({ verdict, found }: PageClaim): boolean =>
    verdict === 'violated' || verdict === 'unknown' || found > 0;
  const loud = claims.filter(isLoud).toSorted((a, b) => rank(a) - rank(b));
  const holding = claims.filter((claim) => !isLoud(claim) && claim.verdict === 'holds');
  const away = claims.filter(({ verdict }) => verdict === 'not-applicable');
  const body = (own: readonly PageClaim[]): TemplateResult =>
    html`<tbody>${own.map((claim) => rowView(claim, catalogue[claim.anomaly], page, onClaim))}</tbody>`;
  return html`<section id="claims">
    <div class="section-head"><h2>Claims</h2><p>${claims.length} are judged of every history.</p></div>
    <div class="table-scroll">
      ${loud.length === 0 ? nothing : html`<table>${head}${body(loud)}</table>`}
      ${fold(`${holding.length} hold`, holding, body)}
      ${fold(`${away.length} not applicable: nothing in this history to judge them by`, away, body)}
    </div>
  </section>`;
};

const head = html`<thead><tr><th>verdict</th><th>claim</th><th>violated when</th><th class="number">found</th><th>what AWS says</th></tr></thead>`;

const fold = (
  title: string,
  own: readonly PageClaim[],
  body: (own: readonly PageClaim[]) => TemplateResult,
): TemplateResult | typeof nothing =>
  own.length === 0 ? nothing : html`<details><summary>${title}</summary><table>${head}${body(own)}</table></details>`;

const rank = ({ verdict, allowed }: PageClaim): number =>
  ({ violated: 0, unknown: 1, holds: allowed > 0 ? 2 : 3, 'not-applicable': 4 })[verdict];

const rowView = (
  { anomaly, verdict, found, allowed, why }: PageClaim,
  entry: CatalogueEntry | undefined,
  page: PageHistory,
  onClaim: (anomaly: string) => void,
): TemplateResult => {
  const kinds: Readonly<Record<PageClaim['verdict'], Sign>> = {
    violated: 'bad',
    unknown: 'unknown',
    holds: 'ok',
    'not-applicable': 'none',
  };
  const words =
    verdict === 'holds' && allowed > 0
      ? `holds, ${allowed.toLocaleString('en-US')} allowed`
      : verdict.replace('-', ' ');
  const isListed = page.findings.some((finding) => finding.anomaly === anomaly);
  return html`<tr class=${verdict === 'violated' ? 'violated' : ''}>
    <td class="verdict"><span>${sign(kinds[verdict])}${words}</span></td>
    <td>${isListed ? html`<button type="button" class="link claim-name" @click=${() => onClaim(anomaly)}>${anomaly}</button>` : html`<span class="claim-name">${anomaly}</span>`}</td>
    <td>${entry?.summary ?? ''}<span class="because">${why}</span></td>
    <td class="number">${found === 0 ? '' : found.toLocaleString('en-US')}</td>
    <td class="source">${entry?.source ?? ''}</td></tr>`;
};
