import type { Finding } from '../../model/verdict.ts';
import type { Reported } from '../reporter.ts';
import type { TraceFold } from '../trace/trace-fold.ts';
import type { Notice } from './data.ts';

/** What no claim covers: why a run failed or was skipped, why the verdict is unknown, notes, allowed findings. */
export const noticesOf = ({ history, run }: Reported): readonly Notice[] => [
  ...say('error', run.error === undefined ? [] : [`run failed: ${run.error}`]),
  ...say('error', run.unjudged === undefined ? [] : [`invalid history: ${run.unjudged}`]),
  ...say('note', run.skipped === undefined ? [] : [`skipped: ${run.skipped}`]),
  ...say('error', run.interrupted === undefined ? [] : [`interrupted: ${run.interrupted}`]),
  ...say('unknown', history?.unknown ?? []),
  ...say('note', run.notes ?? []),
  ...say('allowed', history?.aloud ?? []),
];

const say = (kind: Notice['kind'], texts: readonly string[]): readonly Notice[] =>
  texts.map((text) => ({ kind, text }));

/** Faults, reshards and retries at the time of a finding, at most four of each, in words. */
export const nearWords = ({ near }: Finding, fold: TraceFold | undefined): readonly string[] => {
  const faultOf = (line: number): string => fold?.bands.faults.find((fault) => fault.line === line)?.name ?? 'fault';
  const reshardOf = (id: number): string => {
    const found = fold?.topology.reshards.find((reshard) => reshard.id === id);
    return found === undefined
      ? `reshard ${id}`
      : `${found.action}, line ${found.from.line}${found.to === null ? '' : ` to ${found.to.line}`}`;
  };
  return [
    ...near.faults.slice(0, 4).map((line) => `fault ${faultOf(line)}, line ${line}`),
    ...near.reshards.slice(0, 4).map(reshardOf),
    ...near.retries.slice(0, 4).map((op) => `sent again as call ${op}`),
  ];
};
