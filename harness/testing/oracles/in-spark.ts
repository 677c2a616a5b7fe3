import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CheckOptions, checkHistory } from '../../judging/check-history.ts';
import { messageOf } from '../../lib/error.ts';
import type { HistoryVerdict } from '../../model/verdict.ts';
import type { FileResult } from '../../spark/file-result.ts';
import { steps } from '../../spark/registry.ts';
import type { StepContext } from '../../spark/step.ts';

export type Job = {
  /** What one process says: a verdict, or what is wrong with the history. */
  readonly whole: HistoryVerdict | string;
  readonly said: HistoryVerdict | string;
  /** Why one process had to judge it. */
  readonly why: string | undefined;
};

/** Judges one history as the SQL job does, in pieces of `pieceBytes`, and as one process does. */
export const inSpark = async (
  bytes: Uint8Array,
  { pieceBytes, parts, ...rules }: { readonly pieceBytes: number; readonly parts: number } & CheckOptions,
): Promise<Job> => {
  const folder = await mkdtemp(join(tmpdir(), 'kinesis-order-spark-'));
  try {
    const path = join(folder, 'history.ndjson');
    await writeFile(path, bytes);
    const whole = await checkHistory(path, rules).catch(messageOf);
    return { whole, ...(await judged(path, piecesOf(bytes, pieceBytes), { parts, rules })) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

type Lines = { readonly at: number; readonly lines: readonly string[] };

/** Cuts a file like Hadoop: a piece has the lines that begin in it. */
const piecesOf = (bytes: Uint8Array, pieceBytes: number): readonly Lines[] => {
  const pieces = new Map<number, string[]>();
  const text = Buffer.from(bytes).toString('latin1');
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n');
  let from = 0;
  for (const line of lines) {
    const at = Math.floor(from / pieceBytes) * pieceBytes;
    const own = pieces.get(at) ?? [];
    pieces.set(at, own);
    own.push(line);
    from += line.length + 1;
  }
  return [...pieces].map(([at, own]) => ({ at, lines: own }));
};

const judged = async (
  file: string,
  pieces: readonly Lines[],
  { parts, rules }: Pick<StepContext, 'parts' | 'rules'>,
): Promise<Omit<Job, 'whole'>> => {
  const context: StepContext = { parts, rules };
  const run = async (step: keyof typeof steps, rows: readonly string[]): Promise<readonly string[]> => {
    const made: string[] = [];
    const emit = (...columns: readonly (string | number | Uint8Array)[]): void => {
      made.push(columns.map((column) => Buffer.from(columnBytes(column)).toString('latin1')).join('\t'));
    };
    await steps[step](
      rows.map((row) => Buffer.from(row, 'latin1')),
      emit,
      context,
    );
    return made;
  };
  const rowsOf = ({ at, lines }: Lines): readonly string[] => lines.map((line) => `${file}\t${at}\t${line}`);
  const surveyed = (await Promise.all(pieces.map((piece) => run('survey', rowsOf(piece))))).flat();
  const plans = `[${(await run('plan', surveyed.toReversed())).join(',')}]`;
  const withPlans = (rows: readonly string[]): readonly string[] =>
    rows.map((row, index) => `${index === 0 ? plans : ''}\t${row}`);
  const routed = (await Promise.all(pieces.map((piece) => run('route', withPlans(rowsOf(piece)))))).flat();
  const summaries = await run('judge', sorted(routed, [1, 2]));
  const [merged = '{}'] = await run('merge', sorted(summaries, [1, 'text', 3]));
  const first = JSON.parse(latin(merged)) as FileResult;
  if (first.whole === undefined) return { said: first.verdict ?? 'nothing was said', why: undefined };
  const [last = '{}'] = await run(
    'whole',
    pieces.flatMap(({ lines }) => lines.map((line) => `${file}\t${line}`)),
  );
  const { verdict, error } = JSON.parse(latin(last)) as FileResult;
  return { said: verdict ?? error ?? 'nothing was said', why: first.whole };
};

const columnBytes = (column: string | number | Uint8Array): Uint8Array =>
  typeof column === 'object' ? column : Buffer.from(String(column));
const latin = (row: string): string => Buffer.from(row, 'latin1').toString('utf8');

/** Sorts rows by these columns, as numbers; `text`: by the third column as text. */
const sorted = (rows: readonly string[], by: readonly (number | 'text')[]): readonly string[] =>
  rows.toSorted((one, other) => {
    const [a, b] = [one.split('\t'), other.split('\t')];
    for (const column of by) {
      const order =
        column === 'text' ? compared(a[2] ?? '', b[2] ?? '') : Number(a[column] ?? 0) - Number(b[column] ?? 0);
      if (order !== 0) return order;
    }
    return 0;
  });

const compared = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
