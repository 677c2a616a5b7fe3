import { legalFaults } from '../../faults/registry.ts';
import { median } from '../../lib/median.ts';
import type { KeepingRun } from './keeping-run.ts';

/** What many runs show together: how many held, and in how many each kind of fault fired. */
export const keepingSummary = (runs: readonly KeepingRun[]): readonly string[] => {
  const engines = [...new Set(runs.map(({ engine }) => engine))].toSorted();
  const counts = engines.map((engine) => {
    const own = runs.filter((run) => run.engine === engine);
    const kinds = median(own.map(({ fired }) => Object.keys(fired).length));
    const of = (verdict: string): number => own.filter((run) => run.verdict === verdict).length;
    return [
      `${engine}: ${own.length} runs: ${of('holds')} hold, ${of('violated')} violated, ${of('unknown')} unknown;`,
      `fewest records ${Math.min(...own.map(({ acked }) => acked))}, median kinds ${kinds}`,
    ].join(' ');
  });
  const inRuns = (kind: string, engine: string): number =>
    runs.filter((run) => run.engine === engine && run.fired[kind] !== undefined).length;
  const drawn = legalFaults.filter(({ draw }) => draw !== undefined);
  const kinds = drawn.map(({ type: kind }) => {
    const each = engines.map((engine) => inRuns(kind, engine));
    return `  ${kind.padEnd(18)} fired in ${each.reduce((sum, one) => sum + one, 0)} runs (${engines.map((engine, index) => `${engine} ${each[index]}`).join(', ')})`;
  });
  return [...counts, ...kinds];
};
