import { numberOf } from '../../naming.ts';
import type { CatalogueEntry, PageClaim, PageHistory } from '../data.ts';
import type { Sign } from '../sign-paths.ts';
import { type Markup, markup } from './markup.ts';
import { sign } from './signs.ts';

type Catalogue = Readonly<Record<string, CatalogueEntry>>;

/**
 * Violated claims and claims with findings as a table, all others by their names. Summaries and sources of all claims
 * are at the end of the page.
 */
export const claimsView = (page: PageHistory, catalogue: Catalogue): Markup | null => {
  const { claims } = page;
  if (claims.length === 0) return null;
  const isLoud = ({ verdict, found }: PageClaim): boolean => verdict === 'violated' || found > 0;
  const loud = claims.filter(isLoud).toSorted((a, b) => rank(a) - rank(b));
  const of = (value: PageClaim['verdict']): readonly PageClaim[] =>
    claims.filter((claim) => !isLoud(claim) && claim.verdict === value);
  return markup`<section class="claims"><div class="section-head"><h2>Claims</h2><p>${claims.length} are judged of every history.</p></div>
${loud.length === 0 ? null : markup`<div class="table-scroll"><table>${head}<tbody>${loud.map((claim) => rowView(claim, catalogue[claim.anomaly], page))}</tbody></table></div>`}
${foldView('unknown', of('unknown'), true)}${foldView('hold', of('holds'), false)}${foldView('not applicable: nothing in this history to judge them by', of('not-applicable'), true)}
</section>`;
};

const head = markup`<thead><tr><th>verdict</th><th>claim</th><th>violated when</th><th class="number">found</th><th>what AWS says</th></tr></thead>`;

const foldView = (words: string, own: readonly PageClaim[], hasReasons: boolean): Markup | null =>
  own.length === 0
    ? null
    : markup`<details><summary>${own.length} ${own.length === 1 && words === 'hold' ? 'holds' : words}</summary><ul class="names">${own.map(({ anomaly, why }) => markup`<li><a class="claim-name" href="#catalogue-${anomaly}">${anomaly}</a>${hasReasons ? markup`<span class="because">${why}</span>` : null}</li>`)}</ul></details>`;

const rank = ({ verdict, allowed }: PageClaim): number =>
  ({ violated: 0, unknown: 1, holds: allowed > 0 ? 2 : 3, 'not-applicable': 4 })[verdict];

const kinds: Readonly<Record<PageClaim['verdict'], Sign>> = {
  violated: 'bad',
  unknown: 'unknown',
  holds: 'ok',
  'not-applicable': 'none',
};

const rowView = (
  { anomaly, verdict, found, allowed, why }: PageClaim,
  entry: CatalogueEntry | undefined,
  { findings }: PageHistory,
): Markup => {
  const words = verdict === 'holds' && allowed > 0 ? `holds, ${numberOf(allowed)} allowed` : verdict.replace('-', ' ');
  const isListed = findings.some((finding) => finding.anomaly === anomaly);
  return markup`<tr class="${verdict === 'violated' ? 'violated' : ''}"><td class="verdict"><span>${sign(kinds[verdict])}${words}</span></td>
<td>${isListed ? markup`<button type="button" class="link claim-name" data-claim-link="${anomaly}">${anomaly}</button>` : markup`<span class="claim-name">${anomaly}</span>`}</td>
<td>${entry?.summary ?? ''}<span class="because">${why}</span></td><td class="number">${found === 0 ? '' : numberOf(found)}</td><td class="source">${entry?.source ?? ''}</td></tr>`;
};

/** All claims with their summaries, sources and examples, once for the page. */
export const catalogueView = (
  catalogue: Catalogue,
): Markup => markup`<section class="catalogue"><details><summary>All ${Object.keys(catalogue).length} claims: what violates them, and what AWS says</summary>
<div class="table-scroll"><table><thead><tr><th>claim</th><th>violated when</th><th>what AWS says</th><th>for example</th></tr></thead>
<tbody>${Object.entries(catalogue).map(([anomaly, { summary, source, example }]) => markup`<tr id="catalogue-${anomaly}"><td><span class="claim-name">${anomaly}</span></td><td>${summary}</td><td class="source">${source}</td><td class="source">${example}</td></tr>`)}</tbody></table></div></details></section>`;
