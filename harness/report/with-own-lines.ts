import { unlessOurs } from '../lib/unless-ours.ts';
import type { Finding, HistoryVerdict, OwnPlace, Verdict } from '../model/verdict.ts';
import type { ReportSources } from './html/sources.ts';
import { ownPlaces } from './story/own-places.ts';
import { TraceFold } from './trace/trace-fold.ts';
import { wantedBy } from './trace/wanted.ts';

/**
 * Adds lines of the user's own files to the findings of imported histories. The judge knows only lines of the history.
 */
export const withOwnLines = async (verdict: Verdict, sources: ReportSources | undefined): Promise<Verdict> => {
  if (sources === undefined || !haveOwnLines(verdict)) return verdict;
  const histories = [];
  // The verdict stays valid, even if the file has changed since.
  for (const history of verdict.histories)
    histories.push(isToRead(history) ? await withLines(history, sources).catch(unlessOurs(history)) : history);
  return { ...verdict, histories };
};

export const haveOwnLines = ({ histories }: Verdict): boolean => histories.some(isToRead);

const isToRead = ({ path, aloud, findings }: HistoryVerdict): boolean =>
  path !== '-' && findings.length > 0 && aloud.some((words) => words.startsWith('imported from '));

const withLines = async (history: HistoryVerdict, { read }: ReportSources): Promise<HistoryVerdict> => {
  const { lines } = wantedBy(history.findings);
  const fold = new TraceFold(lines, { keys: new Set(), lines });
  await read(history.path, (event, line) => fold.take(event, line), {
    onHot: (hot, line) => fold.takeHot(hot, line),
    asEvents: lines,
  });
  return { ...history, findings: history.findings.map((finding) => withPlaces(finding, ownPlaces(fold, finding))) };
};

const withPlaces = (finding: Finding, own: readonly OwnPlace[]): Finding => {
  const once = new Map(own.map((place) => [JSON.stringify(place), place]));
  return once.size === 0 ? finding : { ...finding, own: [...once.values()] };
};
