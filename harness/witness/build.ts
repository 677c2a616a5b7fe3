import type { AckEvent, HistoryLine, IteratorStart, PageEvent, PutEvent } from '../model/event.ts';
import { linesKept } from '../model/own-lines.ts';
import { type Numbers, renumbered } from './renumber.ts';
import type { Mask, Sketch } from './sketch.ts';

/**
 * Returns the lines that a mask keeps, as a history. An answer is cut as its put is. A chain that loses its first page
 * begins with the next one, at the same start. With `numbers`, gaps that the cutting made in the numbers of a flow are
 * closed.
 */
export const build = (sketch: Sketch, mask: Mask, numbers: Numbers | undefined): readonly HistoryLine[] => {
  const lines: HistoryLine[] = [];
  const starts = new Map<string, IteratorStart>();
  for (const [index, line] of sketch.lines.entries()) {
    if (line.type === 'page') {
      const page = pageOf(line, mask, index, starts);
      if (page !== undefined) lines.push(page);
    } else if (mask.lines[index] === true) {
      const kept =
        line.type === 'put' ? putOf(line, mask, index) : line.type === 'ack' ? ackOf(line, sketch, mask) : line;
      if (kept !== undefined) lines.push(kept);
    }
  }
  return numbers === undefined ? lines : renumbered(lines, numbers);
};

const isKept = (mask: Mask, line: number, item: number): boolean =>
  mask.lines[line] === true && mask.items[line]?.[item] === true;

const putOf = (put: PutEvent, mask: Mask, line: number): PutEvent | undefined => {
  const entries = put.entries.filter((_, item) => isKept(mask, line, item));
  return entries.length === 0 ? undefined : { ...put, entries };
};

const ackOf = (ack: AckEvent, sketch: Sketch, mask: Mask): AckEvent | undefined => {
  const put = sketch.puts.get(ack.op);
  if (put === undefined || mask.lines[put] !== true || mask.items[put]?.includes(true) !== true) return undefined;
  if (ack.results === undefined) return ack;
  return { ...ack, results: ack.results.filter((_, item) => isKept(mask, put, item)) };
};

/** A page that is cut away passes its start to the next page of its chain. */
const pageOf = (
  page: PageEvent,
  mask: Mask,
  line: number,
  starts: Map<string, IteratorStart>,
): PageEvent | undefined => {
  const chain = `${page.reader}\n${page.shard}\n${page.chain}`;
  const from = page.from ?? starts.get(chain);
  if (mask.lines[line] !== true) {
    if (from !== undefined) starts.set(chain, from);
    return undefined;
  }
  starts.delete(chain);
  const records = page.records?.filter((_, item) => isKept(mask, line, item));
  return {
    ...page,
    ...(from === undefined ? {} : { from }),
    ...(records === undefined ? {} : { records, ...linesKept(page, (item) => isKept(mask, line, item)) }),
  };
};
