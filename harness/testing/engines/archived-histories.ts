import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { makeFolder } from '../../lib/make-folder.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import type { EngineResult } from './run-engine.ts';

/** What is kept of a verdict, to compare it when a later judge judges the same history. */
export type KeptVerdict = Pick<HistoryVerdict, 'verdict' | 'complete' | 'unknown' | 'counts'> & {
  /** The number of findings of each violated claim. */
  readonly violated: Readonly<Record<string, number>>;
};

export const archivedVerdict = ({ verdict, complete, unknown, counts, claims }: HistoryVerdict): KeptVerdict => ({
  verdict,
  complete,
  unknown,
  counts,
  violated: Object.fromEntries(
    claims.filter((claim) => claim.verdict === 'violated').map(({ anomaly, found }) => [anomaly, found]),
  ),
});

export const verdictsFile = 'verdicts.json';

/**
 * Keeps histories that do not hold, compressed, in a folder, with their verdicts. Returns the results with the new
 * paths.
 */
export const archiveHistories = async (
  results: readonly EngineResult[],
  folder: string,
): Promise<readonly EngineResult[]> => {
  await rm(folder, { recursive: true, force: true });
  await makeFolder(folder);
  const verdicts: Record<string, KeptVerdict> = {};
  const keep = async (name: string, history: HistoryVerdict): Promise<HistoryVerdict> => {
    const path = join(folder, name);
    await writeFile(path, gzipSync(await readFile(history.path), { level: 9 }));
    verdicts[name] = archivedVerdict(history);
    return { ...history, path };
  };
  const kept: EngineResult[] = [];
  for (const result of results) {
    const outcomes: EngineResult['outcomes'][number][] = [];
    for (const outcome of result.outcomes) {
      const { history } = outcome;
      const isKept = history !== undefined && history.verdict !== 'holds';
      const name = `${result.engine}-${result.version}-${basename(history?.path ?? '')}.gz`;
      outcomes.push(isKept ? { ...outcome, history: await keep(name, history) } : outcome);
    }
    kept.push({ ...result, outcomes });
  }
  await writeFile(join(folder, verdictsFile), `${JSON.stringify(verdicts, null, 2)}\n`);
  return kept;
};
