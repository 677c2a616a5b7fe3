import { unlessOurs } from '../lib/unless-ours.ts';
import { type HistoryVerdict, isViolation } from '../model/verdict.ts';
import { drawingSource, witnessDrawing } from './drawing/witness-drawing.ts';
import type { ReportSources } from './html/sources.ts';

const width = 110;

/**
 * For a ticket: the first finding that breaks a promise, drawn as plain text, and the command that shows it alone.
 * Only the command if the history cannot be read again. Empty if nothing is broken.
 */
export const drawnText = async (
  history: HistoryVerdict | undefined,
  sources: ReportSources | undefined,
): Promise<readonly string[]> => {
  const finding = history?.findings.find(isViolation);
  if (history === undefined || finding === undefined) return [];
  const witness = history.witnesses?.find(({ anomaly }) => anomaly === finding.anomaly);
  const command = witness === undefined ? [] : ['', `shown alone by: npx kinesis-order check ${witness.path}`];
  if (sources === undefined || history.path === '-') return command;
  // The verdict stays valid, even if the file has changed since.
  const source = await drawingSource(history, [finding], sources).catch(unlessOurs(undefined));
  return source === undefined ? command : ['', ...witnessDrawing(source, finding, { width }), ...command];
};
