import { isViolation } from '../../../model/verdict.ts';
import type { PageHistory, PageIndex } from '../data.ts';
import { claimsView } from './claims.ts';
import { detectionView } from './detection.ts';
import { figuresView, noticesView } from './figures.ts';
import { findingsView } from './finding.ts';
import { headerView } from './header.ts';
import { type Markup, markup } from './markup.ts';
import { subjectsView } from './subjects.ts';
import { seriesTable, stopTable } from './tables.ts';

/** A history as plain HTML. The script adds the map, the lanes and the charts, and shows one history at a time. */
export const articleView = (page: PageHistory, index: PageIndex): Markup => {
  const { id, drawing } = page;
  const findings = findingsView(page, index.catalogue);
  const map =
    drawing === null
      ? null
      : markup`<div class="slot-map" data-id="${id}"></div>${stopTable(drawing.stops, `map-table-${id}`)}<div class="slot-lanes" data-id="${id}"></div>`;
  return markup`<article class="history" id="history-${id}" data-id="${id}">
${headerView(page)}
${isFindingFirst(page) ? [findings, map] : [map, findings]}
${drawing === null ? null : [subjectsView(drawing, id), markup`<div class="slot-charts" data-id="${id}"></div>`, seriesTable(drawing, `series-table-${id}`)]}
${claimsView(page, index.catalogue)}${figuresView(page)}${detectionView(page)}${noticesView(page, index.leftOut)}
</article>`;
};

/** Violations come before everything else; an allowed finding that breaks no order comes after the map. */
const isFindingFirst = ({ findings, orderState }: PageHistory): boolean =>
  findings.some(isViolation) || orderState === 'asked' || orderState === 'broken';

/** The list of scenarios without a script: links to the sections below. */
export const plainList = ({ items }: PageIndex): Markup =>
  markup`<div class="brand"><b>kinesis-order</b><span>report</span></div><ul class="plain-list">${items.map(({ id, title, state }) => markup`<li><a href="#history-${id}">${title}</a> ${state}</li>`)}</ul>`;
