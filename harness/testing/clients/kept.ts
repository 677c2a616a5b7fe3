import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from './install.ts';
import { cellsOf, commit, type Kept, type KeptClean, today } from './render.ts';
import type { Ran } from './run-row.ts';

const file = join(cache, 'results.json');

/** The last results of rows on this machine. A full run takes an hour, and may be made in parts. */
export const keptResults = async (): Promise<Kept> => {
  const text = await readFile(file, 'utf8').catch(() => undefined);
  return text === undefined ? { rows: {}, versions: {} } : (JSON.parse(text) as Kept);
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

const cleanFile = join(cache, 'clean-runs.ndjson');

type CleanLine = Pick<KeptClean, 'client' | 'engine'> & {
  readonly name: string;
  readonly commit: string;
  readonly date: string;
  readonly verdict: string;
  readonly problems: readonly string[];
};

/** Appends one line for each clean run, so that several at once can write, and no line is lost if the process ends. */
export const keepClean = async (ran: Ran): Promise<void> => {
  const { row, engine, seen, problems, pid, seconds } = ran;
  const { history, counted } = seen;
  const line: CleanLine = {
    name: nameOf(ran),
    client: row.client,
    engine,
    commit: madeAt(),
    date: new Date().toISOString(),
    verdict: history?.verdict ?? 'none',
    problems,
  };
  const more = { pid, seconds, run: history?.run, counts: history?.counts, counted, unknown: history?.unknown };
  const output = problems.length === 0 ? undefined : seen.output.slice(-4000);
  await appendFile(cleanFile, `${JSON.stringify({ ...line, ...more, output })}\n`);
};

/** The sums of clean runs, by row and engine. */
export const keptClean = async (): Promise<Readonly<Record<string, KeptClean>>> => {
  const text = await readFile(cleanFile, 'utf8').catch(() => '');
  const pairs: Record<string, KeptClean> = {};
  for (const one of text.split('\n')) if (one !== '') addTo(pairs, JSON.parse(one) as CleanLine);
  return Object.fromEntries(Object.entries(pairs).sort(([a], [b]) => a.localeCompare(b)));
};

const addTo = (
  pairs: Record<string, KeptClean>,
  { name, client, engine, commit: at, date, ...run }: CleanLine,
): void => {
  const { runs = 0, holds = 0, unknown = 0, violated = 0, since = date.slice(0, 10), commits = [] } = pairs[name] ?? {};
  pairs[name] = {
    client,
    engine,
    runs: runs + 1,
    holds: holds + (run.verdict === 'holds' && run.problems.length === 0 ? 1 : 0),
    unknown: unknown + (run.verdict === 'unknown' ? 1 : 0),
    violated: violated + (run.verdict === 'violated' ? 1 : 0),
    since,
    commits: [...new Set([...commits, at])],
  };
};

let made: string | undefined;
/** The commit of the running program, even if the folder has another one by now. */
const madeAt = (): string => (made ??= commit());

export const nameOf = ({ row, engine }: { readonly row: { readonly name: string }; readonly engine: string }): string =>
  `${row.name} ${engine}`;

const write = (kept: Kept): Promise<void> => writeFile(file, JSON.stringify(kept, null, 1));
