import { checks } from '../checks/catalogue/registry.ts';
import { readHistory } from '../history/read-history.ts';
import { systemClock } from '../lib/clock.ts';
import { ownVersion } from '../lib/own-version.ts';
import { type AnomalyId, anomalyIds } from '../model/anomaly.ts';
import type { CatalogueEntry } from '../report/html/data.ts';
import type { ReportSources } from '../report/html/sources.ts';

/** What reporters receive beside the verdict: a reader of histories, and the catalogue of claims. */
export const reportSources = (): ReportSources => ({
  read: readHistory,
  catalogue: Object.fromEntries(anomalyIds.map((id) => [id, entryOf(id)])),
  version: ownVersion(),
  now: systemClock().wallMs(),
});

const entryOf = (id: AnomalyId): CatalogueEntry => {
  const { summary, source, example, causes, todo } = checks[id];
  return { summary, source, example, causes, todo };
};
