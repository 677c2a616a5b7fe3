import { apply } from '../checks/index/apply.ts';
import { applyColumns } from '../checks/index/apply-columns.ts';
import { Tables } from '../checks/index/tables.ts';
import { viewOf } from '../checks/index/view.ts';
import { conclude } from '../checks/judge/conclude.ts';
import type { JudgeOptions } from '../checks/judge/options.ts';
import { finish } from '../checks/streaming/finish.ts';
import { followColumns } from '../checks/streaming/follow-columns.ts';
import { followEvent } from '../checks/streaming/follow-lines.ts';
import { SecondLook } from '../checks/streaming/second-look.ts';
import { StreamingRun } from '../checks/streaming/streaming-run.ts';
import { streamingVerdict } from '../checks/streaming/streaming-verdict.ts';
import { decodeValue, present } from '../history/decode.ts';
import { readAhead } from '../history/read-ahead.ts';
import { type Progress, readHistory } from '../history/read-history.ts';
import { boundedList } from '../lib/bounded.ts';
import type { HistoryLine } from '../model/event.ts';
import { historyError } from '../model/history-error.ts';
import type { LineColumns } from '../model/line-columns.ts';
import { type HistoryVerdict, mergeVerdicts, type Unjudged, type Verdict } from '../model/verdict.ts';

export type { HistoryLine } from '../model/event.ts';

/**
 * A fold over the same reading as the judge's: called for every valid line, as an event or as the columns into which
 * it was scanned.
 */
export type Beside = { readonly take: (event: HistoryLine) => void; readonly takeHot: (hot: LineColumns) => void };

/**
 * How far a history was read. `odd`: why the first record or key was set aside, or why the full judge runs. While it is
 * undefined, there is no finding.
 */
export type CheckProgress = Progress & { readonly odd: string | undefined };

export type CheckOptions = JudgeOptions & {
  /** The path or name of the history in the verdict. */
  readonly path?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: CheckProgress) => void;
  /** With 2, another thread reads and scans the history. */
  readonly workers?: number;
  /**
   * `all`: every line is kept and judged at the end by the full judge. Default: only what cannot be proved while
   * reading. Both give the same verdict.
   */
  readonly spill?: 'all';
  /** Called for each reading: a history may be read twice, and the last reading counts. */
  readonly beside?: () => Beside;
};

/**
 * Judges one history: a path (`.ndjson`, `.ndjson.gz`, `-` for standard input) or its lines. Makes no calls. Rejects
 * with HarnessError('usage') that names the line if the history is invalid.
 */
export const checkHistory = async (
  source: string | Iterable<HistoryLine> | AsyncIterable<HistoryLine>,
  options: CheckOptions = {},
): Promise<HistoryVerdict> => {
  const verdict = await judged(source, options);
  const { unknown, aloud } = verdict;
  return { ...verdict, unknown: boundedList(unknown, sentencesMax), aloud: boundedList(aloud, sentencesMax) };
};

/** The most reasons and notes: a history of 100,000 reshards would have as many. */
const sentencesMax = 50;

const judged = async (
  source: string | Iterable<HistoryLine> | AsyncIterable<HistoryLine>,
  options: CheckOptions,
): Promise<HistoryVerdict> => {
  if (typeof source === 'string') return checkFile(source, options);
  const tables = tablesFor(options);
  await foldLines(tables, source, options);
  return concludeAll(tables, options.path ?? '', options);
};

const tablesFor = ({ question }: CheckOptions): Tables => {
  const tables = new Tables();
  tables.asked = question;
  return tables;
};

/**
 * Judges a plain history while reading it, in memory that does not grow with it. If a few records are anomalous, it
 * is read a second time for these. Otherwise the full judge runs.
 */
const checkFile = async (source: string, options: CheckOptions): Promise<HistoryVerdict> => {
  const path = options.path ?? source;
  const plain = spillsAll(source, options) ?? (await checkPlain(source, path, options));
  if (typeof plain !== 'string') return plain;
  const tables = tablesFor(options);
  const fold: Fold = {
    tables,
    event: (event, line) => apply(tables, event, line),
    hot: (hot, line) => applyColumns(tables, hot, line),
  };
  await readLines(source, fold, options, () => plain);
  return concludeAll(tables, path, options);
};

/** Why every line is kept from the first one on; undefined if lines are judged while they are read. */
const spillsAll = (source: string, { spill }: CheckOptions): string | undefined =>
  source === '-' ? 'standard input is read once' : spill === 'all' ? 'every line is asked for' : undefined;

/**
 * The verdict of the streaming judge; or, as a text, why it stopped: then the file is read again for the full judge.
 * A few anomalous records are judged in a second reading that keeps only these.
 */
const checkPlain = async (source: string, path: string, options: CheckOptions): Promise<HistoryVerdict | string> => {
  const run = new StreamingRun();
  run.tables.asked = options.question;
  const fold: Fold = {
    tables: run.tables,
    event: (event, line) => followEvent(run, event, line),
    hot: (hot, line) => followColumns(run, hot, line),
  };
  const { spills } = run;
  const odd = (): string | undefined => spills.why;
  await readLines(source, fold, options, odd);
  if (!run.isOver) finish(run);
  if (!run.isOver && !spills.isEmpty) {
    const look = new SecondLook(run);
    const second: Fold = {
      tables: run.tables,
      event: (event, line) => look.event(event, line),
      hot: (hot, line) => look.hot(hot, line),
    };
    await readLines(source, second, options, odd);
  }
  return spills.all ?? streamingVerdict(run, path, options);
};

/** Both return `enough` to end the reading. */
type Fold = {
  readonly tables: Tables;
  readonly event: (event: HistoryLine, line: number) => unknown;
  readonly hot: (hot: LineColumns, line: number) => unknown;
};

const readLines = async (
  path: string,
  fold: Fold,
  { signal, onProgress, beside, workers = 1 }: CheckOptions,
  odd: () => string | undefined,
): Promise<void> => {
  const other = beside?.();
  const onEvent = (event: HistoryLine, line: number): unknown => {
    const answer = fold.event(event, line);
    other?.take(event);
    return answer;
  };
  const onHot = (hot: LineColumns, line: number): unknown => {
    const answer = fold.hot(hot, line);
    other?.takeHot(hot);
    return answer;
  };
  const read = workers > 1 ? readAhead : readHistory;
  const isWhole = await read(path, onEvent, {
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined
      ? {}
      : { onProgress: (progress: Progress) => onProgress({ ...progress, odd: odd() }) }),
    onHot,
  });
  if (!isWhole) fold.tables.end = undefined;
};

const concludeAll = (tables: Tables, path: string, options: CheckOptions): HistoryVerdict => {
  if (tables.head === undefined) throw historyError(1, 'the history is empty: there is no head');
  return conclude(viewOf(tables), path, options);
};

const foldLines = async (
  tables: Tables,
  source: Iterable<HistoryLine> | AsyncIterable<HistoryLine>,
  { beside }: CheckOptions,
): Promise<void> => {
  const other = beside?.();
  let line = 0;
  for await (const value of source) {
    line += 1;
    if (typeof value !== 'object' || value === null) throw historyError(line, 'not an object');
    const event = decodeValue(present(value as unknown as Readonly<Record<string, unknown>>), line);
    if (event === undefined) continue;
    apply(tables, event, line);
    other?.take(event);
  }
};

/**
 * Verdict format 1 over several histories, each judged by itself. A history that could not be judged is unknown, and
 * so is an empty list: neither becomes a pass.
 */
export const verdictOf = (histories: readonly HistoryVerdict[], unjudged: readonly Unjudged[] = []): Verdict => ({
  format: 'kinesis-order-verdict',
  version: 1,
  verdict:
    histories.length === 0
      ? 'unknown'
      : mergeVerdicts([...histories.map(({ verdict }) => verdict), ...unjudged.map(() => 'unknown' as const)]),
  histories,
  ...(unjudged.length === 0 ? {} : { unjudged }),
});
