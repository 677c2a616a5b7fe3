import { seekable } from '../history/spool.ts';
import { type CheckOptions, verdictOf } from '../judging/check-history.ts';
import { systemClock } from '../lib/clock.ts';
import { exitCodeOf, HarnessError } from '../lib/error.ts';
import { print } from '../lib/print.ts';
import { several } from '../lib/several.ts';
import { exitCodeOfVerdict, type HistoryVerdict } from '../model/verdict.ts';
import type { Reported } from '../report/reporter.ts';
import { columnsOf } from '../report/terminal/columns.ts';
import { renderOne } from '../report/terminal/render-one.ts';
import type { TerminalStyle } from '../report/terminal/style.ts';
import { renderEnd } from '../report/terminal.ts';
import { checkWithHeadroom, type HeadroomMode } from '../session/check-with-headroom.ts';
import { headroomModeOf } from '../session/headroom-mode.ts';
import { type JudgingFlags, judgingOfFlags } from '../session/judging-flags.ts';
import { tellStale } from '../session/stale-baseline.ts';
import { DetectionShare, detectionModeOf } from '../session/with-detection.ts';
import { witnessNames } from '../session/witness-names.ts';
import { withWitnesses } from '../session/write-witnesses.ts';
import { type FilterFlags, filtersOf } from './check-filters.ts';
import { workersFor, workersIn } from './check-workers.ts';
import { type Console, consoleFor, type DetailFlags, detailOf } from './console.ts';
import { drawnFindings } from './drawn-findings.ts';
import { exitCodeOfCheck } from './exit-codes.ts';
import { historiesOf } from './histories-of.ts';
import { interruption } from './interrupt.ts';
import { assertNoInput, isOutTaken, type Output, parseOutputs } from './output.ts';
import { writeOutputs } from './write-report.ts';

export type CheckFlags = JudgingFlags &
  DetailFlags &
  FilterFlags & {
    readonly reporter?: readonly string[];
    readonly format?: readonly string[];
    readonly strict?: boolean;
    readonly headroom?: boolean;
    readonly power?: boolean;
    /** The folder for the reduced histories. */
    readonly witness?: string;
    readonly workers?: string;
  };

/**
 * `check`: judges each history by itself. If a history cannot be judged, its line is named, and the others are still
 * judged. Returns the exit code.
 */
export const checkCommand = async (paths: readonly string[], flags: CheckFlags): Promise<number> => {
  const wanted = [...(flags.reporter ?? []), ...(flags.format ?? [])];
  const outputs = parseOutputs(wanted.length === 0 ? ['terminal'] : wanted);
  const words = consoleFor(isOutTaken(outputs), detailOf(flags));
  const { signal, dispose } = interruption();
  const options = {
    ...filtersOf(flags),
    ...judgingOfFlags(flags),
    strict: flags.strict ?? false,
    signal,
    ...workersIn(flags),
  };
  const judged: Judged[] = [];
  try {
    const listed = await historiesOf(paths);
    const onTried = (tried: number): void => words.live(`  detection power: ${several(tried, 'mistake')} tried`);
    const measuring = { ...options, mode: detectionModeOf(flags.power), clock: systemClock(), onTried };
    const how = {
      ...options,
      mode: headroomModeOf(flags.headroom),
      detection: new DetectionShare(measuring, listed.length),
      folder: flags.witness,
      report: reportAmong(outputs),
    };
    await assertNoInput(
      outputs.map(({ file }) => file),
      [...listed.map(({ path }) => path), flags.baseline],
    );
    const style = { ...words.style, ...columnsOf(listed.map(({ path }) => path)) };
    const names = witnessNames(listed.map(({ path }) => path));
    for (const [index, { path, unjudged }] of listed.entries())
      judged.push(
        unjudged === undefined
          ? await judge(path, { ...how, name: names[index] }, { words, style })
          : unjudgedAs(path, await withImportLine(path, unjudged), words),
      );
    const all = judged.map(({ reported }) => reported);
    tellStale(options.because, all, print.err);
    await report(all, outputs, words, { ...words.style, isHeadroomAsked: flags.headroom === true });
  } finally {
    dispose();
  }
  return exitCodeOfCheck(judged.map(({ code }) => code));
};

/** The file of `--reporter html=FILE`, for lines that link to it; undefined without it. */
const reportAmong = (outputs: readonly Output[]): string | undefined =>
  outputs.find(({ reporter }) => reporter === 'html')?.file;

const report = async (
  reported: readonly Reported[],
  outputs: readonly Output[],
  words: Console,
  style: TerminalStyle,
): Promise<void> => {
  const verdict = verdictOf(
    reported.flatMap(({ history }) => (history === undefined ? [] : [history])),
    reported.flatMap(({ history, run: { scenario, unjudged, interrupted } }) =>
      history === undefined ? [{ path: scenario, error: unjudged ?? interrupted ?? 'it was not read' }] : [],
    ),
  );
  await writeOutputs(outputs, verdict, reported, words);
  // Nothing is left to print if no file was a history.
  if (reported.some(({ run }) => run.unjudged === undefined)) words.human(renderEnd(reported, style));
};

type Judged = { readonly reported: Reported; readonly code: number };
type JudgeHow = CheckOptions & {
  readonly mode: HeadroomMode;
  readonly detection: DetectionShare;
  readonly folder: string | undefined;
  /** The base name of its witnesses. */
  readonly name: string | undefined;
  readonly report: string | undefined;
};
type Shown = { readonly words: Console; readonly style: TerminalStyle };

const judge = async (
  path: string,
  { mode, detection, folder, name, report: file, ...options }: JudgeHow,
  { words, style }: Shown,
): Promise<Judged> => {
  const onProgress = { onProgress: progressOf(path, words.live) };
  try {
    const { only: _only, skip: _skip, signal, ...rules } = options;
    const reducing = { ...rules, ...(signal === undefined ? {} : { signal }), onlyViolations: false };
    const check = async (file: string): Promise<HistoryVerdict> => {
      const how = { path, workers: path === '-' ? 1 : await workersFor(file), ...options, ...onProgress };
      const judged = await detection.of(await checkWithHeadroom(file, how, mode), file);
      if (folder === undefined) return judged;
      return withWitnesses(file, judged, { ...reducing, folder, name }).catch(unlessAborted(signal, judged));
    };
    const history = await seekable(path, check, signal);
    const isAborted = signal?.aborted === true;
    const stopped = isAborted ? { interrupted: 'interrupted' } : {};
    const address = file === undefined ? {} : { report: file };
    const reported = { history, run: { scenario: path, ...stopped, ...address } };
    words.human(renderOne(reported, style, await drawnFindings(history, style)));
    return { reported, code: isAborted ? exitCodeOf.interrupted : exitCodeOfVerdict[history.verdict] };
  } catch (thrown) {
    if (!(thrown instanceof HarnessError)) throw thrown;
    return unjudgedAs(path, await withImportLine(path, thrown), words);
  }
};

/**
 * The error, or, for a dump of a consumer or a log, an error that names the command to import it, which is more
 * useful.
 */
const withImportLine = async (path: string, error: HarnessError): Promise<HarnessError> => {
  if (path === '-' || error.code !== 'usage') return error;
  const { importLineFor, prefixLineFor } = await import('../importers/recognise.ts');
  const line = await importLineFor(path);
  if (line === undefined) return unnamed(path, error, await prefixLineFor(path));
  return new HarnessError('usage', `${path} is not a history; it can be imported`, { hint: line, cause: error });
};

/** The same for a log whose lines have sequence numbers, and nothing that says what their other words are. */
const unnamed = (path: string, error: HarnessError, example: string | undefined): HarnessError =>
  example === undefined
    ? error
    : new HarnessError('usage', `${path} is not a history; name the parts of its lines to import it, for instance`, {
        hint: example,
        cause: error,
      });

/** After an interruption, returns the verdict without witnesses. Throws any other error. */
const unlessAborted =
  (signal: AbortSignal | undefined, judged: HistoryVerdict) =>
  (thrown: unknown): HistoryVerdict => {
    if (signal?.aborted === true) return judged;
    throw thrown;
  };

const unjudgedAs = (path: string, { message, hint, code }: HarnessError, words: Console): Judged => {
  const reason = code === 'interrupted' ? { interrupted: `interrupted: ${message}` } : { unjudged: message };
  const at = message.startsWith('line ') ? `${path}: ` : '';
  words.human(`kinesis-order: ${at}${message}${hint === undefined ? '' : `\n  ${hint}`}\n`);
  return { reported: { history: undefined, run: { scenario: path, ...reason } }, code: exitCodeOf[code] };
};

/**
 * Prints progress. A history may be read twice: progress then begins again. Standard input is written to a file before
 * it is read.
 */
const progressOf = (path: string, live: (text: string) => void): NonNullable<CheckOptions['onProgress']> => {
  const clock = systemClock();
  let [first, before] = [{ at: Number.NaN, bytes: 0, records: 0 }, Number.POSITIVE_INFINITY];
  return ({ bytes, totalBytes, records, odd }) => {
    const now = clock.now();
    if (bytes < before) first = { at: now, bytes, records };
    before = bytes;
    if (now === first.at) return;
    const seconds = (now - first.at) / 1e6;
    const of = totalBytes === undefined ? '' : ` of ${Math.round(totalBytes / 1e6)}`;
    const toGo = ((totalBytes ?? 0) - bytes) / Math.max(1, bytes - first.bytes);
    const left = totalBytes === undefined ? '' : `, ${Math.ceil(seconds * toGo)} s left`;
    const found = odd === undefined ? 'no findings so far' : `found at the end (${odd})`;
    live(
      `  ${path}: ${Math.round(bytes / 1e6)} MB${of}, ${records} records, ${Math.round((records - first.records) / seconds)} a second, ${found}${left}`,
    );
  };
};
