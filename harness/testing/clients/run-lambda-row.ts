import { mkdtemp, readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import type { Clients } from './install.ts';
import type { LambdaRow } from './lambda-rows.ts';
import type { Counted, Row, Seen } from './row.ts';
import { attempted, eventsIn, type Ran, removeFolder, tool, verdictIn } from './run-row.ts';

/** One scenario of examples/lambda by the command line, as a user would type it. */
export const runLambdaRow = (row: LambdaRow, engine: string, clients: Clients): Promise<Ran> =>
  attempted(asRow(row), engine, () => ran(row, engine, clients));

const asRow = (row: LambdaRow): Row => ({ ...row, command: () => undefined, flags: [] });

const ran = async (row: LambdaRow, engine: string, { python }: Clients): Promise<Ran> => {
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-clients-'));
  const begun = process.hrtime.bigint();
  try {
    const report = join(folder, 'verdict.json');
    const reports = ['--reporter', 'terminal', '--reporter', `json=${report}`];
    const scenario = join('examples', 'lambda', `${row.scenario}.scenario.ts`);
    const path = [...(python === undefined ? [] : [dirname(python)]), process.env['PATH']].join(delimiter);
    const flags = ['run', scenario, '--target', engine, '--seed', '1', '--out', folder, ...reports];
    const { code, output } = await tool(flags, { PATH: path });
    const history = (await verdictIn(report))?.histories[0];
    const counted = history === undefined ? {} : await countedIn(dirname(history.path));
    const seen: Seen = { code, history, counted, events: await eventsIn(history), output };
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    return { row: asRow(row), engine, seen, problems: row.problems(seen), pid: 0, seconds };
  } finally {
    await removeFolder(folder);
  }
};

/** What the handler printed: the records that it applied, and how often it applied one again. */
const countedIn = async (folder: string): Promise<Counted> => {
  const files = (await readdir(folder)).filter((file) => /\.orders-fn(\.\d+)?\.log$/.test(file));
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), 'utf8')));
  const applied = texts.join('').match(/"type":"done","seq":"\d+"/g) ?? [];
  if (applied.length === 0) return {};
  const records = new Set(applied).size;
  return { applied: records, again: applied.length - records };
};
