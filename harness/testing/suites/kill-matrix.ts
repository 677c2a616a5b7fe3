import { mkdir, writeFile } from 'node:fs/promises';
import { anomalyIds } from '../../model/anomaly.ts';
import type { Mutation } from '../generators/mutations/mutation.ts';
import { allMutations } from '../generators/mutations/registry.ts';
import { type Kill, killsOf } from './kill.ts';

/**
 * `npm run kill-matrix -- [histories] [seed]`: applies every mutation to that many clean histories. Each must be found
 * as its anomaly, and nothing else may be forbidden. Exits with 1 below 100 %.
 */
const wanted = Number(process.argv[2] ?? 5);
const seed = process.argv[3] ?? 'kill';

const isKilled = (kills: readonly Kill[]): boolean =>
  kills.length === wanted && kills.every(({ isFound, collateral }) => isFound && collateral.length === 0);
const flawOf = (kills: readonly Kill[]): string => {
  const wrong = kills.filter(({ isFound, collateral }) => !isFound || collateral.length > 0);
  const told = wrong.map(
    (kill) => `${kill.seed}: ${[...(kill.isFound ? [] : ['not found']), ...kill.collateral].join(', ')}`,
  );
  return [...(kills.length < wanted ? [`fitted into ${kills.length} of ${wanted} histories`] : []), ...told].join('; ');
};

type Row = { readonly mutation: Mutation; readonly kills: readonly Kill[] };
const rows: Row[] = [];
for (const mutation of allMutations) rows.push({ mutation, kills: await killsOf(mutation, seed, wanted) });

const killed = rows.filter(({ kills }) => isKilled(kills)).length;
const thin = anomalyIds.filter((id) => rows.filter(({ mutation }) => mutation.anomaly === id).length < 3);
const lines = rows.map(({ mutation: { anomaly, name, kind, beside = [] }, kills }) => {
  const found = kills.filter(({ isFound }) => isFound).length;
  const verdict = isKilled(kills) ? 'killed' : `**survived**: ${flawOf(kills)}`;
  return `| \`${anomaly}\`${kind === undefined ? '' : ` ${kind}`} | ${name} | ${found}/${kills.length} | ${beside.join(', ')} | ${verdict} |`;
});
const summary = `${killed} of ${rows.length} mutations killed, ${anomalyIds.length} anomalies, ${wanted} clean histories each, seed ${seed}`;
const report = [
  '# Kill matrix',
  '',
  'Each mutation is one small change to clean histories. It is killed when `check` finds it as its anomaly in every one of them, and, explained findings and those that',
  'rightly stand beside it apart, forbids nothing else. Made by `npm run kill-matrix`.',
  '',
  `**${summary}.**`,
  '',
  '| anomaly | mutation | found | stands beside | verdict |',
  '|---|---|---|---|---|',
  ...lines,
  '',
].join('\n');
await mkdir('reports', { recursive: true });
await writeFile('reports/kill-matrix.md', report);
process.stdout.write(`${report}\n`);
for (const id of thin) process.stdout.write(`${id} has fewer than three mutations\n`);
process.exitCode = killed === rows.length && thin.length === 0 ? 0 : 1;
