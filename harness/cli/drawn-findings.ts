import { unlessOurs } from '../lib/unless-ours.ts';
import type { AnomalyId } from '../model/anomaly.ts';
import { type HistoryVerdict, isViolation } from '../model/verdict.ts';
import { drawingSource, witnessDrawing } from '../report/drawing/witness-drawing.ts';
import { colorsOf, type TerminalStyle } from '../report/terminal/style.ts';
import type { Drawings } from '../report/terminal/violation-lines.ts';
import { reportSources } from './report-sources.ts';

/** The most claims of a history that are drawn, each by its first finding. */
const drawnMax = 2;
const widthMax = 110;
/** The indentation of a drawing. */
const indent = 6;

/**
 * Draws broken promises as text: who sent, who was answered, where it was stored, who read it. Empty if nothing is
 * broken, or if the history is not a file.
 */
export const drawnFindings = async (history: HistoryVerdict, { color, width }: TerminalStyle): Promise<Drawings> => {
  const forbidden = history.findings.filter(isViolation);
  const firsts = new Map<AnomalyId, (typeof forbidden)[number]>();
  for (const finding of forbidden) if (!firsts.has(finding.anomaly)) firsts.set(finding.anomaly, finding);
  const drawn = [...firsts.values()].slice(0, drawnMax);
  if (drawn.length === 0 || history.path === '-') return new Map();
  // No drawing if the file cannot be read, because it may have changed since. The verdict stands.
  const source = await drawingSource(history, drawn, reportSources()).catch(unlessOurs(undefined));
  if (source === undefined) return new Map();
  const { bold, dim, red } = colorsOf({ color });
  const options = {
    width: Math.min(width ?? widthMax, widthMax) - indent,
    emphasis: { bold, dim, late: red },
  };
  return new Map(drawn.map((finding) => [finding.anomaly, witnessDrawing(source, finding, options)]));
};
