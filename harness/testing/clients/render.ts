import { execFileSync, spawnSync } from 'node:child_process';
import type { Ran } from './run-row.ts';

type KeptRow = { readonly commit: string; readonly date: string; readonly cells: readonly string[] };
/** The clean runs of a client on an engine. */
export type KeptClean = {
  readonly client: string;
  readonly engine: string;
  readonly runs: number;
  readonly holds: number;
  readonly unknown: number;
  readonly violated: number;
  readonly since: string;
  readonly commits: readonly string[];
};
/** By row and engine, in the order of their last runs. */
export type Kept = {
  readonly rows: Readonly<Record<string, KeptRow>>;
  readonly versions: Readonly<Record<string, string>>;
};

/** A new report with the clean runs of the previous one. */
export const keepingCleanRuns = (report: string, before: string): string => {
  const [start, old] = [report.indexOf(cleanTitle), before.indexOf(cleanTitle)];
  return old < 0 ? report : `${report.slice(0, start)}${before.slice(old)}`;
};

/** `reports/clients.md`: client × engine × fault × verdict × what the client counted. `order`: the order of rows. */
export const renderReport = ({ rows, versions }: Kept, order: readonly string[], clean: CleanByPair): string =>
  [
    '# Real clients under `record`',
    '',
    `Rendered by \`npm run test:clients\` on ${today()}, commit ${commit()}: ${Object.entries(versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(', ')}.`,
    'Each row is one recording by the command line, the last one that was made; its commit stands in the row. What is expected was written down before the first run; a row that differs is marked.',
    '',
    '| client | engine | fault | verdict | order kept | found | the client counted | expected | process | as expected | commit |',
    '|---|---|---|---|---|---|---|---|---|---|---|',
    ...order.flatMap((name) =>
      rows[name] === undefined ? [] : [line([...rows[name].cells, inHistory(rows[name].commit)])],
    ),
    ...notRun(order.filter((name) => rows[name] === undefined)),
    '',
    ...cleanLines(clean),
  ].join('\n');

type CleanByPair = Readonly<Record<string, KeptClean>>;
const cleanTitle = '## Clean runs';

const cleanLines = (clean: CleanByPair): readonly string[] => {
  const all = Object.values(clean);
  const commits = [...new Set(all.flatMap((one) => one.commits))];
  const sum = (of: keyof Counts): number => all.reduce((total, one) => total + one[of], 0);
  const total = { runs: sum('runs'), holds: sum('holds'), unknown: sum('unknown'), violated: sum('violated') };
  return [
    cleanTitle,
    '',
    `No fault, at least 200 records, 20 keys, 2 shards: nothing may be violated. Runs on one machine since ${all.map(({ since }) => since).toSorted()[0] ?? today()}, added up; commits ${commits.join(', ')}.`,
    'A run is one process of the client, recorded by the function behind `record` on an engine that is kept for many runs. The aim is 100 of each, 5 on moto, 20 of the KPL and of the KCL. `other`: it was not recorded, or a number in it was not the one expected.',
    '',
    '| client | engine | runs | holds | unknown | violated | other |',
    '|---|---|---|---|---|---|---|',
    ...all.map((one) => countsLine(one.client, one.engine, one)),
    countsLine('all', '', total),
    '',
  ];
};

type Counts = Pick<KeptClean, 'runs' | 'holds' | 'unknown' | 'violated'>;

const countsLine = (client: string, engine: string, { runs, holds, unknown, violated }: Counts): string =>
  line([client, engine, ...[runs, holds, unknown, violated, runs - holds - unknown - violated].map(String)]);

/** The report with these clean runs in place of its own. Unchanged if this machine has made none. */
export const withCleanRuns = (report: string, clean: CleanByPair): string => {
  if (Object.keys(clean).length === 0) return report;
  const start = report.indexOf(cleanTitle);
  return `${start < 0 ? `${report}\n` : report.slice(0, start)}${cleanLines(clean).join('\n')}`;
};

export const today = (): string => new Date().toISOString().slice(0, 10);

const notRun = (names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : ['', `Not run: ${names.join(', ')}.`];

export const commit = (): string => {
  const git = (...args: readonly string[]): string => execFileSync('git', [...args], { encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ' and changes'}`;
};

/** A commit, marked if it is not in the history, because its branch was rebased. */
const inHistory = (of: string): string => {
  const [hash = ''] = of.split(' ');
  const { status } = spawnSync('git', ['merge-base', '--is-ancestor', hash, 'HEAD']);
  return status === 0 ? of : `${of} (rebased since)`;
};

export const cellsOf = ({ row, engine, seen, problems, pid }: Ran): readonly string[] => {
  const { history, code, counted } = seen;
  const found = (history?.claims ?? [])
    .filter(({ verdict, allowed }) => verdict === 'violated' || allowed > 0)
    .map((claim) => `${claim.anomaly} ${claim.found}${claim.verdict === 'violated' ? '' : ' (allowed)'}`);
  const told = Object.entries(counted).map(([name, count]) => `${name} ${count}`);
  const kept = history?.order.kept;
  return [
    row.client,
    engine,
    row.fault,
    `${history?.verdict ?? 'none'} (${code})`,
    kept === undefined || kept === null ? 'not tested' : kept ? 'yes' : 'no',
    found.join(', ') || 'nothing',
    told.join(', ') || 'nothing',
    row.expected,
    String(pid),
    problems.length === 0 ? 'yes' : `**no**: ${problems.join('; ')}`,
  ];
};

const line = (texts: readonly string[]): string =>
  `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
