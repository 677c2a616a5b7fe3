import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from './install.ts';
import { cellsOf, commit, type Kept } from './render.ts';
import type { Ran } from './run-row.ts';

const file = join(cache, 'results.json');
const today = (): string => new Date().toISOString().slice(0, 10);

/** What rows said when they last ran on this machine: a full run takes an hour, and may be made in parts. */
export const keptResults = async (): Promise<Kept> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? { rows: {}, clean: {}, versions: {} } : (JSON.parse(text) as Kept);
};

export const keepVersions = async (versions: Readonly<Record<string, string>>): Promise<void> => {
  const kept = await keptResults();
  await write({ ...kept, versions: { ...kept.versions, ...versions } });
};

export const keepRow = async (ran: Ran): Promise<void> => {
  const kept = await keptResults();
  const row = { commit: commit(), date: today(), cells: cellsOf(ran) };
  await write({ ...kept, rows: { ...kept.rows, [nameOf(ran)]: row } });
};

/** Clean runs add up. */
export const keepClean = async (ran: Ran): Promise<void> => {
  const kept = await keptResults();
  const { runs = 0, holds = 0, violated = 0, since = today() } = kept.clean[nameOf(ran)] ?? {};
  const verdict = ran.seen.history?.verdict;
  const clean = {
    client: ran.row.client,
    engine: ran.engine,
    runs: runs + 1,
    holds: holds + (verdict === 'holds' ? 1 : 0),
    violated: violated + (verdict === 'violated' ? 1 : 0),
    since,
  };
  await write({ ...kept, clean: { ...kept.clean, [nameOf(ran)]: clean } });
};

export const nameOf = ({ row, engine }: Pick<Ran, 'row' | 'engine'>): string => `${row.name} ${engine}`;

const write = (kept: Kept): Promise<void> => writeFile(file, JSON.stringify(kept, null, 1));
