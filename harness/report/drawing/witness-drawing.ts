import { visibleIn } from '../../lib/visible.ts';
import type { Finding, HistoryVerdict } from '../../model/verdict.ts';
import type { ReportSources } from '../html/sources.ts';
import { findingPicture, type Source } from '../story/finding-picture.ts';
import { makeSource } from '../story/make-source.ts';
import type { Kept } from '../story/own-places.ts';
import { finishTrace } from '../trace/finish-trace.ts';
import { inLineage } from '../trace/topology.ts';
import { TraceFold } from '../trace/trace-fold.ts';
import { wantedBy } from '../trace/wanted.ts';
import { importedWords } from './imported-words.ts';
import { type Emphasis, plain, recordText, textWidth, topologyText } from './picture-text.ts';
import { wrap } from './wrap.ts';

/**
 * A history with at most this many records, sent and read, is kept completely, so that neighbours show where a record
 * lies.
 */
const wholeMax = 200_000;

export type DrawingOptions = {
  /** Characters in a line. */
  readonly width: number;
  readonly emphasis?: Emphasis;
};

export type DrawingSource = Source & { readonly kept: Kept };

/**
 * Reads a history once more and prepares the drawings of some of its findings. Of a long history it keeps only the
 * records of their keys. Rejects as reading a history does.
 */
export const drawingSource = async (
  history: HistoryVerdict,
  findings: readonly Finding[],
  { read, catalogue }: Pick<ReportSources, 'read' | 'catalogue'>,
): Promise<DrawingSource> => {
  const wanted = wantedBy(findings);
  const isSmall = history.counts.acked + history.counts.read <= wholeMax;
  const fold = new TraceFold(wanted.lines, isSmall ? undefined : wanted);
  await read(history.path, (event, line) => fold.take(event, line), {
    onHot: (hot, line) => fold.takeHot(hot, line),
    asEvents: wanted.lines,
  });
  const trace = finishTrace(fold.draft, inLineage(fold.topology.spans));
  const title = history.path.replace(/^.*[/\\]/, '').replace(/\.ndjson(\.gz)?$/, '');
  const source = makeSource(fold, trace, findings, {
    title,
    path: history.path,
    summaryOf: (anomaly) => catalogue[anomaly]?.summary,
  });
  return { ...source, kept: { head: fold.head, lines: fold.lines } };
};

/**
 * The witness of a finding as lines of text: sent, acknowledged, stored, delivered. Empty if the history has nothing
 * to draw.
 */
export const witnessDrawing = (source: DrawingSource, finding: Finding, options: DrawingOptions): readonly string[] => {
  const picture = pictureLines(source, finding, options);
  const imported = importedWords(source.kept, finding).flatMap((words) => wrap(visibleIn(words), options.width, 2));
  return picture.length === 0 || imported.length === 0 ? [...picture, ...imported] : [...picture, '', ...imported];
};

const pictureLines = (
  source: Source,
  finding: Finding,
  { width, emphasis = plain }: DrawingOptions,
): readonly string[] => {
  for (const columns of [14, 12, 10, 8, 6, 4]) {
    const picture = visibleIn(findingPicture(source, finding, columns));
    if (picture === undefined) return [];
    if (picture.kind === 'records' && textWidth(picture) > width && columns > 4) continue;
    const body =
      picture.kind === 'records' ? recordText(picture, width, emphasis) : topologyText(picture, width, emphasis);
    return [...wrap(picture.title, width, 2).map(emphasis.bold), ...body];
  }
  return [];
};
