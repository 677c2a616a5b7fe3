import { conclude } from './checks/judge/conclude.ts';
import type { JudgeOptions } from './checks/judge/judge.ts';
import { apply } from './checks/view/apply.ts';
import { applyHot } from './checks/view/apply-hot.ts';
import { Tables } from './checks/view/tables.ts';
import { viewOf } from './checks/view/view.ts';
import { decodeValue } from './history/decode.ts';
import { type Progress, readHistory } from './history/read-history.ts';
import type { Head, HistoryEvent } from './model/event.ts';
import { historyError } from './model/history-error.ts';
import type { HotLine } from './model/hot-line.ts';
import { type HistoryVerdict, mergeVerdicts, type Verdict } from './model/verdict.ts';

export type HistoryLine = Head | HistoryEvent;

/** Counts beside the judge, over the same reading: sees every line once it was found sound, as an event or as the columns that it was scanned into. */
export type Beside = { readonly take: (event: HistoryLine) => void; readonly takeHot: (hot: HotLine) => void };

export type CheckOptions = JudgeOptions & {
  /** Named in the verdict; a path, or what else tells the history. */
  readonly path?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  readonly beside?: Beside;
};

/**
 * Judges one history: a path (`.ndjson`, `.ndjson.gz`, `-` for standard input), or its lines. Needs nothing else, and asks nobody.
 * Rejects with HarnessError('usage'), naming the line, when the history cannot be judged.
 */
export const checkHistory = async (
  source: string | Iterable<HistoryLine> | AsyncIterable<HistoryLine>,
  options: CheckOptions = {},
): Promise<HistoryVerdict> => {
  const tables = new Tables();
  if (typeof source === 'string') await foldFile(tables, source, options);
  else await foldLines(tables, source, options);
  if (tables.head === undefined) throw historyError(1, 'the history is empty: there is no head');
  return conclude(viewOf(tables), options.path ?? (typeof source === 'string' ? source : ''), options);
};

const foldFile = (tables: Tables, path: string, { signal, onProgress, beside }: CheckOptions): Promise<void> => {
  const onEvent = (event: HistoryLine, line: number): void => {
    apply(tables, event, line);
    beside?.take(event);
  };
  const onHot = (hot: HotLine, line: number): void => {
    applyHot(tables, hot, line);
    beside?.takeHot(hot);
  };
  return readHistory(path, onEvent, {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress }),
    onHot,
  });
};

const foldLines = async (
  tables: Tables,
  source: Iterable<HistoryLine> | AsyncIterable<HistoryLine>,
  { beside }: CheckOptions,
): Promise<void> => {
  let line = 0;
  for await (const value of source) {
    line += 1;
    const event = decodeValue(value as unknown as Readonly<Record<string, unknown>>, line);
    if (event === undefined) continue;
    apply(tables, event, line);
    beside?.take(event);
  }
};

/** Verdict format 1 over several histories, each judged for itself. */
export const verdictOf = (histories: readonly HistoryVerdict[]): Verdict => ({
  format: 'kinesis-order-verdict',
  version: 1,
  verdict: mergeVerdicts(histories.map(({ verdict }) => verdict)),
  histories,
});
