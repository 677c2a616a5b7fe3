import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { JudgeOptions } from '../checks/judge/options.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { filesBelow } from '../lib/files-below.ts';
import { readTextSync, textMax } from '../lib/read-text.ts';
import { several } from '../lib/several.ts';
import type { HistoryVerdict, Unjudged } from '../model/verdict.ts';
import { judgeParts } from './judge-parts.ts';
import { mergeSlices } from './merge-slices.ts';
import { linesEnding, partEnding, partName, summaryEnding } from './part-head.ts';
import { type SliceReport, sliceEnding } from './slice-report.ts';
import type { Summary } from './summary.ts';

/** One verdict per history that was split. A history with a missing part has none. */
export type Merged = { readonly histories: readonly HistoryVerdict[]; readonly unjudged: readonly Unjudged[] };

/** Merges the summaries of a folder, by history and split. */
export const mergeFolder = async (
  folder: string,
  options: JudgeOptions,
  /** The judging flags. Slices were already judged by the flags of `run`. */
  rules: readonly string[] = [],
): Promise<Merged> => {
  const histories: HistoryVerdict[] = [];
  const unjudged: Unjudged[] = [];
  const slices = await slicesIn(folder);
  if (slices.length > 0 && rules.length > 0)
    throw new HarnessError('usage', `${rules.join(', ')}: the slices in ${folder} were judged when they were run`, {
      hint: 'remove it here, and give it to run --shard (except --only and --skip, which run does not have)',
    });
  for (const own of byRun(slices)) {
    const { scenario, slice } = own[0] as SliceReport;
    try {
      histories.push(mergeSlices(own));
    } catch (thrown) {
      if (!(thrown instanceof HarnessError && thrown.code === 'unknown')) throw thrown;
      unjudged.push({ path: `${scenario} (${slice.group})`, error: thrown.message });
    }
  }
  const summaries = await summariesIn(folder, slices.length > 0);
  for (const own of bySplit(summaries)) {
    const path = (own[0] as Summary).head.history;
    try {
      assertAllParts(own);
      histories.push(judgeParts(own, (summary, why) => linesOf(summary, why, folder), options));
    } catch (thrown) {
      if (!(thrown instanceof HarnessError && thrown.code === 'unknown')) throw thrown;
      unjudged.push({ path, error: thrown.message });
    }
  }
  return { histories, unjudged };
};

/** The slices in this folder and in folders below it, where `run` wrote them. */
const slicesIn = async (folder: string): Promise<readonly SliceReport[]> => {
  if (!existsSync(folder)) throw new HarnessError('usage', `there is no folder ${folder}`);
  const names = (await filesBelow(folder)).filter((name) => sliceEnding.test(name));
  const texts = new Map<string, string>();
  // A folder copied with its link to the newest run contains that run twice.
  for (const name of names) texts.set(readTextSync(name, name, summaryMax), name);
  return [...texts].map(([text, name]) => sliceIn(text, name));
};

const sliceIn = (text: string, path: string): SliceReport => {
  try {
    const report = JSON.parse(text) as SliceReport;
    if (report.format === 'kinesis-order-slice' && report.version === 2) return report;
  } catch {
    // Said below.
  }
  throw new HarnessError('usage', `${path}: is not a slice report of this version`, {
    hint: 'kinesis-order run --shard i/n writes it beside the history',
  });
};

const byRun = (slices: readonly SliceReport[]): readonly (readonly SliceReport[])[] =>
  grouped(slices, ({ slice, scenario }) => `${slice.group} ${slice.count} ${scenario}`);

const summariesIn = async (folder: string, mayBeNone: boolean): Promise<readonly Summary[]> => {
  const names = await readdir(folder).catch((thrown: unknown) => {
    throw new HarnessError('usage', `cannot read the folder ${folder}: ${messageOf(thrown)}`, { cause: thrown });
  });
  const own = names.filter((name) => name.endsWith(summaryEnding)).sort();
  if (own.length > 0 || mayBeNone) return own.map((name) => summaryIn(join(folder, name)));
  throw new HarnessError(
    'usage',
    `${folder}: there is no summary (*${summaryEnding}) in this folder, and no slice report below it`,
    {
      hint: 'kinesis-order check PART --summary writes one beside each part, run --shard i/n one per slice',
    },
  );
};

/** The maximum size of a summary. A plain part needs a few numbers, plus its keys. */
const summaryMax = 16 * textMax;

const summaryIn = (path: string): Summary => {
  const text = readTextSync(path, path, summaryMax);
  try {
    const summary = JSON.parse(text) as Summary;
    if (summary.format === 'kinesis-order-summary' && summary.version === 2) return summary;
  } catch {
    // Said below.
  }
  throw new HarnessError('usage', `${path}: is not a summary of this version`, {
    hint: 'kinesis-order check PART --summary writes one',
  });
};

const bySplit = (summaries: readonly Summary[]): readonly (readonly Summary[])[] =>
  grouped(summaries, ({ head }) => `${head.split} ${head.of}`).map((own) =>
    own.sort((one, other) => one.head.part - other.head.part),
  );

const grouped = <T>(all: readonly T[], nameOf: (one: T) => string): readonly T[][] => {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    const own = groups.get(nameOf(one)) ?? [];
    groups.set(nameOf(one), own);
    own.push(one);
  }
  return [...groups.values()];
};

/** Asserts that all parts are present, each once. */
export const assertAllParts = (summaries: readonly Summary[]): void => {
  const [{ head }] = summaries as readonly [Summary];
  const met = new Set(summaries.map(({ head: { part } }) => part));
  if (met.size < summaries.length)
    throw new HarnessError('unknown', 'two summaries are of the same part: remove one of them');
  const missing = Array.from({ length: head.of }, (_, index) => index + 1).filter((part) => !met.has(part));
  if (missing.length === 0) return;
  const names = missing.map((part) => `${partName(part, head.of)}${summaryEnding}`);
  throw new HarnessError(
    'unknown',
    `${several(missing.length, 'part')} of ${head.of} missing: add ${names.join(', ')}`,
  );
};

/** The path of the lines of a part, next to its summary. Throws `unknown` if they are missing. */
const linesOf = ({ head: { part, of } }: Summary, why: string, folder: string): string => {
  const name = partName(part, of);
  const missing = [`${name}${partEnding}`, `${name}${linesEnding}`].filter((file) => !existsSync(join(folder, file)));
  if (missing.length === 0) return join(folder, `${name}${partEnding}`);
  throw new HarnessError('unknown', `the lines of part ${part} are needed (${why}): add ${missing.join(', ')}`);
};
