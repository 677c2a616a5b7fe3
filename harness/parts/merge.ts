import { access, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { JudgeOptions } from '../checks/judge/options.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import type { HistoryVerdict, Unjudged } from '../model/verdict.ts';
import { judgeParts } from './judge-parts.ts';
import { linesEnding, partEnding, partName, summaryEnding } from './part-head.ts';
import type { Summary } from './summary.ts';

/** One verdict a history that was split; one of which a part is missing has none. */
export type Merged = { readonly histories: readonly HistoryVerdict[]; readonly unjudged: readonly Unjudged[] };

/** The summaries of a folder, put together: by history, all parts of one splitting. */
export const mergeFolder = async (folder: string, options: JudgeOptions): Promise<Merged> => {
  const summaries = await summariesIn(folder);
  const histories: HistoryVerdict[] = [];
  const unjudged: Unjudged[] = [];
  for (const own of bySplit(summaries)) {
    const path = (own[0] as Summary).head.history;
    const lack = lackOf(own) ?? (await missingLines(own, folder));
    if (lack === undefined) histories.push(judgeParts(own, (summary) => linesOf(summary, folder), options));
    else unjudged.push({ path, error: lack });
  }
  return { histories, unjudged };
};

const summariesIn = async (folder: string): Promise<readonly Summary[]> => {
  const names = await readdir(folder).catch((thrown: unknown) => {
    throw new HarnessError('usage', `cannot read the folder ${folder}: ${messageOf(thrown)}`, { cause: thrown });
  });
  const own = names.filter((name) => name.endsWith(summaryEnding)).sort();
  if (own.length > 0) return Promise.all(own.map((name) => summaryIn(join(folder, name))));
  throw new HarnessError('usage', `${folder}: there is no summary (*${summaryEnding}) in this folder`, {
    hint: 'kinesis-order check PART --summary writes one beside each part',
  });
};

const summaryIn = async (path: string): Promise<Summary> => {
  const text = await readFile(path, 'utf8');
  try {
    const summary = JSON.parse(text) as Summary;
    if (summary.format === 'kinesis-order-summary' && summary.version === 1) return summary;
  } catch {
    // Said below.
  }
  throw new HarnessError('usage', `${path}: is not a summary that this version writes`, {
    hint: 'kinesis-order check PART --summary writes one',
  });
};

const bySplit = (summaries: readonly Summary[]): readonly (readonly Summary[])[] => {
  const groups = new Map<string, Summary[]>();
  for (const summary of summaries) {
    const id = `${summary.head.split} ${summary.head.of}`;
    const own = groups.get(id) ?? [];
    groups.set(id, own);
    own.push(summary);
  }
  return [...groups.values()].map((own) => own.sort((one, other) => one.head.part - other.head.part));
};

/** Why these are not all the parts, each once. */
const lackOf = (summaries: readonly Summary[]): string | undefined => {
  const [{ head }] = summaries as readonly [Summary];
  const met = new Set(summaries.map(({ head: { part } }) => part));
  if (met.size < summaries.length) return 'two summaries are of one part: remove the one that is not meant';
  const missing = Array.from({ length: head.of }, (_, index) => index + 1).filter((part) => !met.has(part));
  if (missing.length === 0) return undefined;
  const names = missing.map((part) => `${partName(part, head.of)}${summaryEnding}`);
  return `of ${head.of} parts ${missing.length} are missing: add ${names.join(', ')}`;
};

/** A part that is not plain is judged here: its lines are wherever the summary is. */
const linesOf = ({ head: { part, of } }: Summary, folder: string): string =>
  join(folder, `${partName(part, of)}${partEnding}`);

const missingLines = async (summaries: readonly Summary[], folder: string): Promise<string | undefined> => {
  // Where one of them is not plain, any may be asked for.
  if (summaries.every(({ odd }) => odd === undefined)) return undefined;
  const files = summaries.map((summary) => linesOf(summary, folder));
  const all = files.flatMap((file) => [file, `${file.slice(0, -partEnding.length)}${linesEnding}`]);
  const missing: string[] = [];
  for (const file of all) if (!(await isThere(file))) missing.push(basename(file));
  if (missing.length === 0) return undefined;
  const odd = summaries.find((summary) => summary.odd !== undefined);
  return `part ${odd?.head.part} is not plain (${odd?.odd}), so its lines are judged here: add ${missing.join(', ')}`;
};

const isThere = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );
