import { execFileSync, spawnSync } from 'node:child_process';
import type { Ran } from './run-row.ts';

type KeptRow = { readonly commit: string; readonly date: string; readonly cells: readonly string[] };
type KeptClean = {
  readonly client: string;
  readonly engine: string;
  readonly runs: number;
  readonly holds: number;
  readonly violated: number;
  readonly since: string;
};
/** By row and engine, in the order of their last runs. */
export type Kept = {
  readonly rows: Readonly<Record<string, KeptRow>>;
  readonly clean: Readonly<Record<string, KeptClean>>;
  readonly versions: Readonly<Record<string, string>>;
};

/** `reports/clients.md`: client × engine × fault × verdict × what the client itself counted. `order`: of its rows. */
export const renderReport = ({ rows, clean, versions }: Kept, order: readonly string[]): string =>
  [
    '# Real clients under `record`',
    '',
    `Rendered by \`npm run test:clients\` on ${new Date().toISOString().slice(0, 10)}, commit ${commit()}: ${Object.entries(
      versions,
    )
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
    '## Clean runs',
    '',
    'No fault, at least 200 records, 20 keys, 2 shards: nothing may be violated. Runs on one machine, added up.',
    '',
    '| client | engine | runs | holds | violated | other |',
    '|---|---|---|---|---|---|',
    ...Object.values(clean).map(({ client, engine, runs, holds, violated }) =>
      line([client, engine, runs, holds, violated, runs - holds - violated].map(String)),
    ),
    '',
  ].join('\n');

const notRun = (names: readonly string[]): readonly string[] =>
  names.length === 0 ? [] : ['', `Not run: ${names.join(', ')}.`];

export const commit = (): string => {
  const git = (...args: readonly string[]): string => execFileSync('git', [...args], { encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ' and changes'}`;
};

/** Of a branch that was rebased since, a commit is not found in the history any more. */
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
