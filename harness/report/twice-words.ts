import type { AnomalyId } from '../model/anomaly.ts';
import type { Finding, HistoryVerdict } from '../model/verdict.ts';
import { countOf } from './naming.ts';

/**
 * `4 records twice (retry)`. A last-write-wins reader gets old values again, even if the first copies are in order.
 * Undefined if nothing was stored or delivered twice, or if the answer about promises names it.
 */
export const twiceWords = (history: HistoryVerdict): string | undefined => {
  const stored = foundOf(history, 'duplicate');
  if (stored > 0) {
    const own = history.findings.filter(({ anomaly }) => anomaly === 'duplicate');
    const isBack = own.some(({ evidence }) => evidence['stale'] === true);
    // The answer about promises names it.
    if (!isBack && history.claims.some(({ anomaly, verdict }) => anomaly === 'duplicate' && verdict === 'violated'))
      return undefined;
    const back = isBack ? ', so a last-write-wins reader goes back' : '';
    return `${countOf(stored, 'record')} twice${kindWords(own)}${back}`;
  }
  const again = foundOf(history, 'subject-duplicate');
  const given = history.findings.filter(({ anomaly }) => anomaly === 'subject-duplicate');
  return again === 0 ? undefined : `${countOf(again, 'record')} given again${kindWords(given)}`;
};

const foundOf = ({ claims }: HistoryVerdict, id: AnomalyId): number =>
  claims.find(({ anomaly, expect }) => anomaly === id && expect !== 'ignore')?.found ?? 0;

const kindWords = (findings: readonly Finding[]): string => {
  const kinds = [...new Set(findings.flatMap(({ kind }) => kind ?? []))];
  return kinds.length === 0 ? '' : ` (${kinds.join(', ')})`;
};
