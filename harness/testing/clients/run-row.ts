import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { shellWord } from '../../lib/shell-word.ts';
import type { HistoryVerdict, Verdict } from '../../model/verdict.ts';
import type { Clients } from './install.ts';
import { startLeases } from './leases.ts';
import type { Counted, Row, Seen } from './row.ts';

export type Ran = {
  readonly row: Row;
  readonly engine: string;
  readonly seen: Seen;
  readonly problems: readonly string[];
  readonly pid: number;
  readonly seconds: number;
};

const deadlineMs = 420_000;
const main = join('harness', 'main.ts');

/** One recording by the command line, as a user would type it. Not as expected if the client is not installed. */
export const runRow = (row: Row, engine: string, clients: Clients): Promise<Ran> =>
  attempted(row, engine, () => recorded(row, engine, clients));

/** Runs a row. If that fails, the row is not as expected, and the next one follows. */
export const attempted = async (row: Row, engine: string, run: () => Promise<Ran>): Promise<Ran> => {
  try {
    return await run();
  } catch (thrown) {
    const why = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
    return notRun(row, engine, `it failed: ${why}`, why);
  }
};

/** Removes a folder. Tries again, because a program may still write into it. */
export const removeFolder = (folder: string): Promise<void> =>
  rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });

const recorded = async (row: Row, engine: string, clients: Clients): Promise<Ran> => {
  const command = row.command(clients);
  const consumer = row.consumer?.(clients);
  if (command === undefined || (row.consumer !== undefined && consumer === undefined)) return notInstalled(row, engine);
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-clients-'));
  const begun = process.hrtime.bigint();
  const leases = row.hasLeases === true ? await startLeases(`kcl-${row.stream ?? 'orders'}`) : undefined;
  try {
    const report = join(folder, 'verdict.json');
    const stream = row.stream ?? 'orders';
    const where = ['--stream', stream, '--shards', '2', '--target', engine, '--out', folder];
    const reports = ['--reporter', 'terminal', '--reporter', `json=${report}`];
    const beside = consumer === undefined ? [] : ['--consumer', consumer.map(shellWord).join(' ')];
    const flags = ['record', ...where, ...reports, ...beside, ...row.flags, '--', ...command];
    const { code, output } = await tool(flags, leases?.env);
    const verdict = await verdictIn(report);
    const history = verdict?.histories[0];
    const said = consumer === undefined ? output : await consumerOutput(history);
    const seen: Seen = { code, history, counted: countedIn(said), events: await eventsIn(history), output };
    const seconds = Number(process.hrtime.bigint() - begun) / 1e9;
    return { row, engine, seen, problems: row.problems(seen), pid: verdict?.command?.pid ?? 0, seconds };
  } finally {
    await leases?.stop();
    await removeFolder(folder);
  }
};

export const notInstalled = (row: Row, engine: string): Ran =>
  notRun(row, engine, 'it did not run: its client could not be installed');

/** The result of a run that could not be made, with that as its only problem. */
export const notRun = (row: Row, engine: string, problem: string, output = ''): Ran => ({
  row,
  engine,
  seen: { code: -1, history: undefined, counted: {}, events: [], output },
  problems: [problem],
  pid: 0,
  seconds: 0,
});

export const tool = (
  flags: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly code: number; readonly output: string }> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', main, ...flags], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NO_COLOR: '1', ...env },
    });
    let output = '';
    const hear = (chunk: Buffer): void => {
      output += chunk.toString('utf8');
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    const late = setTimeout(() => child.kill('SIGINT'), deadlineMs);
    child.once('error', reject);
    child.once('close', (code) => {
      clearTimeout(late);
      resolve({ code: code ?? -1, output });
    });
  });

type Told = Verdict & { readonly command?: { readonly pid: number } };

export const verdictIn = async (path: string): Promise<Told | undefined> => {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Told);
};

export const eventsIn = async (history: HistoryVerdict | undefined): Promise<Seen['events']> => {
  if (history === undefined) return [];
  const lines = (await readFile(history.path, 'utf8')).trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>);
};

/** The consumer's output, which contains its counts. */
export const consumerOutput = async (history: HistoryVerdict | undefined): Promise<string> =>
  history === undefined ? '' : readFile(join(dirname(history.path), 'consumer-1.log'), 'utf8').catch(() => '');

/**
 * The last counts that a program printed. If the program writes to both of its outputs, another line may be in the
 * middle of the counts.
 */
export const countedIn = (output: string): Counted => {
  const last = [...output.matchAll(/^\{"counted":\s*\{((?:\s*"\w+":\s*\d+,?)*)/gm)].at(-1)?.[1];
  return last === undefined ? {} : (JSON.parse(`{${last.replace(/,$/, '')}}`) as Counted);
};
