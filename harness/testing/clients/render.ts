import { execFileSync } from 'node:child_process';
import type { Clients } from './install.ts';
import type { Ran } from './run-row.ts';

export type Report = { readonly rows: readonly Ran[]; readonly clean: readonly Ran[]; readonly clients: Clients };

/** `reports/clients.md`: client × engine × fault × verdict × what the client itself counted. */
export const renderReport = ({ rows, clean, clients }: Report): string => {
  const versions = Object.entries(clients.versions).map(([name, version]) => `${name} ${version}`);
  return [
    '# Real clients under `record`',
    '',
    `Rendered by \`npm run test:clients\` on ${new Date().toISOString().slice(0, 10)}, commit ${commit()}: ${versions.join(', ')}.`,
    'Each row is one recording by the command line. What is expected was written down before the first run; a row that differs is marked.',
    '',
    '| client | engine | fault | verdict | order kept | found | the client counted | expected | process | as expected |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...rows.map(lineOf),
    '',
    '## Clean runs',
    '',
    'No fault, at least 200 records, 20 keys, 2 shards: nothing may be violated.',
    '',
    '| client | engine | runs | holds | violated | other |',
    '|---|---|---|---|---|---|',
    ...cleanLines(clean),
    '',
  ].join('\n');
};

const commit = (): string => {
  const git = (...args: readonly string[]): string => execFileSync('git', [...args], { encoding: 'utf8' }).trim();
  return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain', '--untracked-files=no') === '' ? '' : ' and changes'}`;
};

const lineOf = ({ row, engine, seen, problems, pid }: Ran): string => {
  const { history, code, counted } = seen;
  const found = (history?.claims ?? [])
    .filter(({ verdict, allowed }) => verdict === 'violated' || allowed > 0)
    .map((claim) => `${claim.anomaly} ${claim.found}${claim.verdict === 'violated' ? '' : ' (allowed)'}`);
  const told = Object.entries(counted).map(([name, count]) => `${name} ${count}`);
  const kept = history?.order.kept;
  return cells([
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
  ]);
};

const cleanLines = (clean: readonly Ran[]): readonly string[] => {
  const groups = new Map<string, Ran[]>();
  for (const ran of clean) {
    const name = `${ran.row.client}|${ran.engine}`;
    groups.set(name, [...(groups.get(name) ?? []), ran]);
  }
  return [...groups].map(([name, all]) => {
    const [client = '', engine = ''] = name.split('|');
    const count = (verdict: string): number => all.filter(({ seen }) => seen.history?.verdict === verdict).length;
    const other = all.length - count('holds') - count('violated');
    return cells([
      client,
      engine,
      String(all.length),
      String(count('holds')),
      String(count('violated')),
      String(other),
    ]);
  });
};

const cells = (texts: readonly string[]): string =>
  `| ${texts.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
