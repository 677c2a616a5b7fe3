import { appendFile, readFile, writeFile } from 'node:fs/promises';
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

/** Clean runs add up, and each has a line of its own beside. */
export const keepClean = async (ran: Ran): Promise<void> => {
  const { row, engine, seen, problems, pid, seconds } = ran;
  const { history, counted } = seen;
  const verdict = history?.verdict ?? 'none';
  const line = { name: nameOf(ran), commit: madeAt(), date: new Date().toISOString(), pid, seconds, verdict, problems };
  const more = { run: history?.run, counts: history?.counts, counted, unknown: history?.unknown };
  const output = problems.length === 0 ? undefined : seen.output.slice(-4000);
  await appendFile(join(cache, 'clean-runs.ndjson'), `${JSON.stringify({ ...line, ...more, output })}\n`);
  const kept = await keptResults();
  const { runs = 0, holds = 0, unknown = 0, violated = 0, since = today() } = kept.clean[nameOf(ran)] ?? {};
  const { commits = [] } = kept.clean[nameOf(ran)] ?? {};
  const clean = {
    client: row.client,
    engine,
    runs: runs + 1,
    holds: holds + (verdict === 'holds' && problems.length === 0 ? 1 : 0),
    unknown: unknown + (verdict === 'unknown' ? 1 : 0),
    violated: violated + (verdict === 'violated' ? 1 : 0),
    since,
    commits: [...new Set([...commits, madeAt()])],
  };
  await write({ ...kept, clean: { ...kept.clean, [nameOf(ran)]: clean } });
};

let made: string | undefined;
/** Of the program that runs, not of what the folder holds by now. */
const madeAt = (): string => (made ??= commit());

export const nameOf = ({ row, engine }: Pick<Ran, 'row' | 'engine'>): string => `${row.name} ${engine}`;

const write = (kept: Kept): Promise<void> => writeFile(file, JSON.stringify(kept, null, 1));
