import { legalFaults } from '../../faults/registry.ts';
import type { KeepingRun } from './keeping-run.ts';

/** What many runs show together: how many held, and in how many each kind of fault fired. */
export const keepingSummary = (runs: readonly KeepingRun[]): readonly string[] => {
  const engines = [...new Set(runs.map(({ engine }) => engine))].toSorted();
  const counts = engines.map((engine) => {
    const own = runs.filter((run) => run.engine === engine);
    const kinds = own.map(({ fired }) => Object.keys(fired).length).toSorted((a, b) => a - b);
    const of = (verdict: string): number => own.filter((run) => run.verdict === verdict).length;
    return [
      `${engine}: ${own.length} runs: ${of('holds')} hold, ${of('violated')} violated, ${of('unknown')} unknown;`,
      `fewest records ${Math.min(...own.map(({ acked }) => acked))}, median kinds ${kinds[kinds.length >> 1]}`,
    ].join(' ');
  });
  const inRuns = (kind: string, engine: string): number =>
    runs.filter((run) => run.engine === engine && run.fired[kind] !== undefined).length;
  const kinds = legalFaults.map(({ type: kind }) => {
    const each = engines.map((engine) => inRuns(kind, engine));
    return `  ${kind.padEnd(18)} fired in ${each.reduce((sum, one) => sum + one, 0)} runs (${engines.map((engine, index) => `${engine} ${each[index]}`).join(', ')})`;
  });
  return [...counts, ...kinds];
};
