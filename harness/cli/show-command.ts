import pc from 'picocolors';
import { readHistory } from '../history/read-history.ts';
import { seekable } from '../history/spool.ts';
import { HarnessError } from '../lib/error.ts';
import { print } from '../lib/print.ts';
import type { Emphasis } from '../report/drawing/picture-text.ts';
import { countOf, numberOf } from '../report/naming.ts';
import { keyText } from '../report/show/key-text.ts';
import { linesText } from '../report/show/lines-text.ts';
import { overviewText } from '../report/show/overview-text.ts';
import { Selected, type Selection } from '../report/show/selection.ts';
import { finishTrace } from '../report/trace/finish-trace.ts';
import { inLineage } from '../report/trace/topology.ts';
import { TraceFold } from '../report/trace/trace-fold.ts';
import { historiesOf } from './histories-of.ts';
import { isColored } from './is-colored.ts';
import { ofHistory } from './of-history.ts';

export type ShowFlags = { readonly key?: string; readonly shard?: string; readonly lines?: string };

const linesMax = 2000;
/** The summary covers only the first lines of a history, up to this number. */
const wholeMax = 2_000_000;

/**
 * `show`: prints what happened to a key, in a shard or in some lines, in words and columns; without these flags a
 * summary of the history. Returns the exit code, 0.
 */
export const showCommand = async (path: string, flags: ShowFlags): Promise<number> => {
  const selection = selectionOf(flags);
  const one = await oneHistory(path);
  const text = await ofHistory(one, () => seekable(one, (file) => storyOf(file, selection)));
  print.out(`${text.join('\n')}\n`, { isColored: isColored() });
  return 0;
};

const namedMax = 10;

/** The history that a path names; in a folder, the only one. Throws HarnessError('usage') if there are several. */
const oneHistory = async (path: string): Promise<string> => {
  const [one, ...others] = await historiesOf([path]);
  if (one?.unjudged !== undefined) throw one.unjudged;
  if (one === undefined || others.length === 0) return one?.path ?? path;
  const names = [one, ...others].slice(0, namedMax).map((history) => history.path);
  const more = others.length >= namedMax ? `, and ${others.length + 1 - namedMax} more` : '';
  throw new HarnessError('usage', `${path} holds ${others.length + 1} histories: show takes one`, {
    hint: `name it: ${names.join(', ')}${more}`,
  });
};

/** The lines to print. `whole`: the number of lines that a summary covers. */
export const storyOf = async (
  path: string,
  selection: Selection,
  whole: number = wholeMax,
): Promise<readonly string[]> => {
  const { key } = selection;
  const isOverview = key === undefined && selection.shard === undefined && selection.lines === undefined;
  const selected = new Selected(selection, linesMax);
  const fold = new TraceFold(new Set(), key === undefined ? undefined : { keys: new Set([key]), lines: new Set() });
  let lines = 0;
  await readHistory(path, (event, line) => {
    lines = line;
    if (key !== undefined || (isOverview && line <= whole)) fold.take(event, line);
    if (!isOverview) selected.take(event, line);
  });
  const [width, emphasis] = [Math.max(60, process.stdout.columns ?? 120), emphasisNow()];
  if (!isOverview && selected.lines.length === 0) throw nothingFound(selection, path);
  const trace = finishTrace(fold.draft, inLineage(fold.topology.spans));
  if (isOverview) return [...leftOut(lines, whole), ...overviewText(fold, trace, width, emphasis)];
  const head =
    key === undefined ? [] : keyText({ trace, roles: fold.roles, flows: [...trace.flows.key.keys()], width, emphasis });
  const left = selected.left === 0 ? [] : [`and ${selected.left} more lines: narrow them with --lines A-B`];
  return [...head, ...linesText(selected, selection, width, emphasis), ...left];
};

/** Without this, the end of a long history would seem to be missing. */
const leftOut = (lines: number, whole: number): readonly string[] =>
  lines <= whole
    ? []
    : [`a summary of the first ${numberOf(whole)} of ${countOf(lines, 'line')}: --lines A-B shows the others`, ''];

const emphasisNow = (): Emphasis => {
  const colors = pc.createColors(isColored());
  return { late: (text) => colors.red(colors.bold(text)), dim: colors.dim, bold: colors.bold };
};

const selectionOf = ({ key, shard, lines }: ShowFlags): Selection => ({
  key,
  shard: shard === undefined ? undefined : /^\d{1,12}$/.test(shard) ? `shardId-${shard.padStart(12, '0')}` : shard,
  lines: lines === undefined ? undefined : linesOf(lines),
});

const linesOf = (text: string): readonly [number, number] => {
  const [, from, to = from] = /^(\d{1,12})(?:-(\d{1,12}))?$/.exec(text) ?? [];
  if (from !== undefined && Number(from) > 0 && Number(to) >= Number(from)) return [Number(from), Number(to)];
  throw new HarnessError('usage', `--lines: expected a line or two, such as 12 or 12-40, got ${JSON.stringify(text)}`);
};

const nothingFound = ({ key, shard, lines }: Selection, path: string): HarnessError => {
  const asked = [
    key === undefined ? '' : `of key ${JSON.stringify(key)}`,
    shard === undefined ? '' : `of ${shard}`,
    lines === undefined ? '' : `from ${lines[0]} to ${lines[1]}`,
  ].filter((part) => part !== '');
  return new HarnessError('usage', `${path}: there is no line ${asked.join(', ')}`, {
    hint: `kinesis-order show ${path} lists keys and shards`,
  });
};
