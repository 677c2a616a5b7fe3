import { visibleIn } from '../../lib/visible.ts';
import type { Reported } from '../reporter.ts';
import type { IndexItem, PageHistory, PageIndex } from './data.ts';
import { documentOf } from './document.ts';
import { historyData } from './history-data.ts';
import { pageCode } from './page-code.ts';
import type { ReportSources } from './sources.ts';
import { worstFirst } from './worst-first.ts';

/** The largest size of the file, in bytes. */
export const bytesMax = 16 * 1024 * 1024;
const reserve = 512 * 1024;

type Part = { readonly item: IndexItem; readonly page: PageHistory; readonly records: string | undefined };

/**
 * One page for all histories. Each is read again, folded, and released before the next one. Leaves out records that do
 * not fit into `bytesMax`.
 */
export const renderPage = async (reported: readonly Reported[], sources: ReportSources): Promise<string> => {
  const parts: Part[] = [];
  for (const [index, one] of reported.entries()) {
    const { item, page, packed } = await historyData(one, String(index), sources);
    parts.push({ item: visibleIn(item), page: visibleIn(page), records: packed?.base64 });
  }
  parts.sort((a, b) => worstFirst(a.item, b.item));
  const { script, style } = await pageCode();
  const { kept, leftOut } = withinBudget(parts, bytesMax - reserve - script.length - style.length);
  const index: PageIndex = {
    version: sources.version,
    madeAt: new Date(sources.now).toISOString(),
    items: kept.map(({ item }) => item),
    catalogue: visibleIn(sources.catalogue),
    leftOut,
  };
  return documentOf(index, kept, { script, style });
};

/** Leaves out the largest records first. Findings, witnesses and the topology always stay. */
const withinBudget = (
  parts: readonly Part[],
  room: number,
): { readonly kept: readonly Part[]; readonly leftOut: readonly string[] } => {
  const fixed = parts.reduce((sum, { page }) => sum + Buffer.byteLength(JSON.stringify(page)) * 4, 0);
  let size = fixed + parts.reduce((sum, { records }) => sum + (records?.length ?? 0), 0);
  const dropped = new Set<Part>();
  for (const part of parts.toSorted((a, b) => (b.records?.length ?? 0) - (a.records?.length ?? 0))) {
    if (size <= room) break;
    size -= part.records?.length ?? 0;
    dropped.add(part);
  }
  const kept = parts.map((part) => (dropped.has(part) ? withoutRecords(part) : part));
  return {
    kept,
    leftOut: [...dropped].map(
      ({ item, records }) =>
        `the records of ${item.scenario} (${Math.round((records?.length ?? 0) / 1e6)} MB): the file would be larger than 16 MB`,
    ),
  };
};

const withoutRecords = ({ item, page }: Part): Part => ({
  item,
  records: undefined,
  page: {
    ...page,
    drawing: page.drawing === null ? null : { ...page.drawing, trace: null },
    leftOut: [
      ...page.leftOut,
      `the records themselves, since the file would be larger than 16 MB: kinesis-order show ${page.path} --key KEY tells of them`,
    ],
  },
});
