import type { Finding } from '../../model/verdict.ts';
import { type ConsumerReport, reportMarks, reportSteps, reportsOn } from './consumer-reports.ts';
import type { ReportTrack } from './picture.ts';
import type { RecordReports } from './record-picture.ts';

/** Tracks of reports in the picture of each claim about consumers. */
const tracksOf: Readonly<Record<string, readonly ReportTrack[]>> = {
  'subject-loss': ['checkpoint', 'gave up'],
  'subject-reorder': [],
  'subject-duplicate': ['checkpoint'],
  'checkpoint-ahead': ['done', 'checkpoint'],
  'checkpoint-back': ['checkpoint'],
  'two-owners': [],
  'effect-reorder': ['done'],
  'effect-duplicate': ['done', 'checkpoint'],
  'fetched-not-delivered': ['gave up'],
  'subject-discard': ['gave up'],
  'subject-claim': ['done', 'gave up'],
  'child-before-parent': [],
};

const shownMax = 6;

/** The application that a finding is about. Undefined if the claim is not about consumers. */
export const groupOf = ({ anomaly, evidence }: Finding): string | undefined => {
  const { group, reader } = evidence;
  if (tracksOf[anomaly] === undefined) return undefined;
  return typeof group === 'string' ? group : typeof reader === 'string' ? reader : undefined;
};

/**
 * The reports of a finding's application that its picture needs: those that the finding names, and the newest few
 * others on these tracks before its last line.
 */
export const reportsFor = (finding: Finding, all: readonly ConsumerReport[]): readonly ConsumerReport[] => {
  const { anomaly, witness } = finding;
  const tracks = tracksOf[anomaly] ?? [];
  const group = groupOf(finding);
  if (group === undefined || tracks.length === 0) return [];
  const own = all.filter((one) => one.group === group || one.reader === group);
  const last = Math.max(0, ...witness);
  const kept = tracks.flatMap((track) => {
    const said = reportsOn(track, own);
    // Only checkpoints near the end matter; done records are compared with all deliveries.
    if (track !== 'checkpoint') return said;
    const shards = finding.shards.length === 0 ? undefined : finding.shards;
    const before = said.filter(
      ({ line, shard }) => line <= last && (shards === undefined || shards.includes(shard)) && !witness.includes(line),
    );
    const named = said.filter(({ line }) => witness.includes(line));
    return [...before.slice(-Math.max(0, shownMax - named.length)), ...named];
  });
  return [...new Set(kept)].toSorted((a, b) => a.line - b.line);
};

/** Tracks of reports, and steps of what happened to a record. */
export const reportScene = ({ anomaly }: Finding, said: readonly ConsumerReport[]): RecordReports => ({
  rows: (scene) =>
    (tracksOf[anomaly] ?? [])
      .filter((track) => reportsOn(track, said).length > 0)
      .map((track) => ({
        kind: track,
        title: track,
        subtitle: `by ${said[0]?.group ?? 'it'}`,
        placed: reportMarks(track, said, scene),
      })),
  steps: (record) => reportSteps(said, record),
});
