import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { interruption } from '../../cli/interrupt.ts';
import { systemClock } from '../../lib/clock.ts';
import { makeFolder } from '../../lib/make-folder.ts';
import { ownVersion } from '../../lib/own-version.ts';
import { loadScenarios } from '../../scenario/load.ts';
import { vocabulary } from '../../session/catalog.ts';
import { cacheFolder } from '../../session/settings.ts';
import { archiveHistories } from './archived-histories.ts';
import { engineList, labelOf } from './engine-list.ts';
import { unexpected } from './known.ts';
import { lintTemplates } from './lint-templates.ts';
import { renderEngines } from './render.ts';
import { type EngineResult, runEngine } from './run-engine.ts';

/**
 * `npm run test:engines [-- [--all] engine…]`: every engine, installed if it is missing, with the same contract and
 * the quick scenarios, or all of them. All scenarios on all engines write `reports/engines.md`, and keep histories
 * that do not hold beside it. Fails if an engine does not start, or does anything that is not known.
 */
const main = async (args: readonly string[]): Promise<number> => {
  const isAll = args.includes('--all');
  const wanted = args.filter((arg) => !arg.startsWith('--'));
  const seed = '1';
  const grep = isAll ? {} : { grep: /@?quick/ };
  const scenarios = await loadScenarios({ patterns: [], cwd: process.cwd(), vocabulary, seed, ...grep });
  const { signal, dispose } = interruption();
  const say = (line: string): boolean => process.stderr.write(`${line}\n`);
  const clock = systemClock();
  const results: EngineResult[] = [];
  const options = { scenarios, folder: join('reports', `e-${process.pid}`), run: `e-${process.pid}`, signal, say };
  try {
    for (const choice of engineList) {
      if (wanted.length > 0 && !wanted.includes(labelOf(choice))) continue;
      results.push(await runEngine(choice, { ...options, cacheFolder: cacheFolder() }));
    }
  } finally {
    dispose();
  }
  const sdk = createRequire(import.meta.url)('@aws-sdk/client-kinesis/package.json') as { readonly version: string };
  const date = new Date(clock.wallMs()).toISOString().slice(0, 10);
  const command = `npm run test:engines${isAll ? ' -- --all' : ''}`;
  // The committed report has all engines with all scenarios. Anything less is a part of it.
  const isWhole = isAll && wanted.length === 0;
  const kept = isWhole ? await archiveHistories(results, join('reports', 'engines')) : results;
  const text = renderEngines(kept, { date, harness: ownVersion(), sdk: sdk.version, seed, command });
  await makeFolder('reports');
  await writeFile(join('reports', isWhole ? 'engines.md' : 'engines.part.txt'), text);
  const all = await loadScenarios({ patterns: [], cwd: process.cwd(), vocabulary, seed });
  say(`cfn-lint accepts ${await lintTemplates(all, cacheFolder())} templates`);
  const surprises = results.flatMap(unexpected);
  for (const surprise of surprises) say(`UNEXPECTED ${surprise}`);
  say(`${results.length} engines, ${surprises.length} surprises`);
  return surprises.length === 0 ? 0 : 1;
};

process.exitCode = await main(process.argv.slice(2));
