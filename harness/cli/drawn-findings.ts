import pc from 'picocolors';
import type { HistoryVerdict } from '../model/verdict.ts';
import { drawingSource, witnessDrawing } from '../report/drawing/witness-drawing.ts';
import { reportSources } from './report-sources.ts';

/** So many claims of a history are drawn, the first finding of each. */
const drawnMax = 2;
const widthMax = 110;

/**
 * What breaks a promise, drawn as text: who sent, who was answered, where it was stored, who read it. Empty where
 * nothing does.
 */
export const drawnFindings = async (history: HistoryVerdict, color: boolean): Promise<string> => {
  const forbidden = history.findings.filter(({ expect, explainedBy }) => expect === 'forbid' && explainedBy === null);
  const first = [...new Map(forbidden.map((finding) => [finding.anomaly, finding] as const).reverse()).values()]
    .reverse()
    .slice(0, drawnMax);
  if (first.length === 0) return '';
  const source = await drawingSource(history, first, reportSources());
  const { bold, dim, red } = pc.createColors(color);
  const width = Math.min(process.stdout.columns || widthMax, widthMax) - 4;
  const lines = first.flatMap((finding) =>
    witnessDrawing(source, finding, { width, emphasis: { bold, dim, late: red } }),
  );
  return lines.map((line) => `    ${line}\n`).join('');
};
