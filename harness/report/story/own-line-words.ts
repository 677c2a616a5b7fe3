import type { PageEvent, PutEvent } from '../../model/event.ts';
import { ownLinesOf } from '../../model/own-lines.ts';

const shownMax = 4;

/**
 * The lines of the user's own file that hold these records of an imported put or page; without `items`, all records.
 * Empty if the history has no such lines.
 */
export const ownLineWords = (
  event: PutEvent | PageEvent,
  files: readonly string[] | undefined,
  items?: readonly number[],
): string => {
  const records = event.type === 'put' ? event.entries : (event.records ?? []);
  const all = ownLinesOf(event.lines, records.length);
  if (all === undefined || files === undefined) return '';
  const lines = items === undefined ? all : items.map((item) => all[item] as number);
  return lines.length === 0 ? '' : `${linesText(lines)} of ${files[event.file ?? 0] ?? 'the file'}`;
};

/** `line 7`, `lines 7 to 9`, `lines 7 to 9, 12 and 3 more`. */
const linesText = (lines: readonly number[]): string => {
  const runs: { readonly from: number; to: number }[] = [];
  for (const line of new Set(lines)) {
    const last = runs.at(-1);
    if (last !== undefined && line === last.to + 1) last.to = line;
    else runs.push({ from: line, to: line });
  }
  const shown = runs.slice(0, shownMax).map(({ from, to }) => (from === to ? `${from}` : `${from} to ${to}`));
  const left = runs.slice(shownMax).reduce((sum, { from, to }) => sum + to - from + 1, 0);
  const isOne = runs.length === 1 && runs[0]?.from === runs[0]?.to;
  return `${isOne ? 'line' : 'lines'} ${shown.join(', ')}${left === 0 ? '' : ` and ${left} more`}`;
};
