import { join } from 'node:path';
import { verdictOf } from '../judging/check-history.ts';
import { exitCodeOf, HarnessError } from '../lib/error.ts';
import type { Because, Expectations, Expired } from '../model/expectations.ts';
import { exitCodeOfVerdict, type HistoryVerdict } from '../model/verdict.ts';
import { isOrderTested } from '../record/is-order-tested.ts';
import type { RecordedHistory, RecordOptions, RecordResult } from '../record/options.ts';
import type { Reported } from '../report/reporter.ts';
import { columnsOf } from '../report/terminal/columns.ts';
import { hang } from '../report/terminal/hang.ts';
import { renderOne } from '../report/terminal/render-one.ts';
import { colorsOf, type TerminalStyle } from '../report/terminal/style.ts';
import { renderEnd } from '../report/terminal.ts';
import { checkWithHeadroom } from '../session/check-with-headroom.ts';
import { tellStale } from '../session/stale-baseline.ts';
import { withWitnesses } from '../session/write-witnesses.ts';
import type { Console } from './console.ts';
import { drawnFindings } from './drawn-findings.ts';
import { isOfTheFailure } from './exit-codes.ts';
import type { Output } from './output.ts';
import { commandFields, commandWords, doorWords, isCommandFailed, noCallWords, noPutWords } from './record-words.ts';
import { makeLatest, tidyReports, writeBeside, writeOutputs } from './write-report.ts';

export type JudgeRecording = {
  readonly options: RecordOptions;
  readonly outputs: readonly Output[];
  /** Given the exit code, true if machine reporters write the result. */
  readonly isReported: (code: number) => boolean;
  readonly words: Console;
  readonly strict: boolean;
  readonly keepReports: number;
  readonly expect: Expectations | undefined;
  readonly because: Because | undefined;
  readonly expired: Expired | undefined;
  readonly replay: string;
  /** True if nothing ran, and the streams were only read. */
  readonly isFinalOnly: boolean;
  /** How long the recording took, from its start to the end of the reading. */
  readonly durationMs: number;
};

/** Judges each history, writes the reports, and returns the exit code. */
export const judgeRecording = async (result: RecordResult, how: JudgeRecording): Promise<number> => {
  const { words, outputs, options } = how;
  const reported: Reported[] = [];
  const first = commandWords(result, options);
  if (first !== undefined) words.human(`kinesis-order: ${first}\n`);
  const style = { ...words.style, ...columnsOf(result.histories.map(({ stream }) => stream)) };
  for (const history of result.histories) {
    const one = await judged(history, how, result.histories.length === 1).catch((thrown: unknown) =>
      unread(history, how, thrown),
    );
    reported.push(one);
    const drawn = one.history === undefined ? undefined : await drawnFindings(one.history, style);
    words.human(isTested(one) ? renderOne(one, style, drawn) : notTestedLine(one, style));
  }
  if (reported.some((one) => !isTested(one))) words.human(`${hang('  ', remedy, style.width).join('\n')}\n`);
  const said = [...result.notes, ...(result.failedConsumers ?? []), ...failureWords(result, options)];
  for (const note of said) words.human(`kinesis-order: ${note}\n`);
  tellStale(how.because, reported, words.human);
  const verdict = {
    ...verdictOf(
      reported.flatMap(({ history }) => (history === undefined ? [] : [history])),
      reported.flatMap(({ history, run }) =>
        history === undefined ? [{ path: run.scenario, error: run.error ?? 'it was not judged' }] : [],
      ),
    ),
    ...commandFields(result),
  };
  await writeBeside(options.folder, verdict, reported);
  await makeLatest(options.folder, words);
  await tidyReports(options.folder, how.keepReports, words);
  const code = codeOf(result, reported, how.strict);
  if (how.isReported(code)) await writeOutputs(outputs, verdict, reported, words);
  if (reported.length > 0) words.human(renderEnd(reported.map(withoutRemedy), words.style));
  const verdicts = reported.flatMap(({ history }) => history ?? []);
  const { isFinalOnly } = how;
  if (reported.length > 0) words.human(`${doorWords({ ...options, isFinalOnly, histories: verdicts })}\n`);
  const printed = options.command === undefined ? ' and reports' : ', reports and what the program printed';
  words.human(`histories${printed}: ${options.folder}\n`);
  return code;
};

/** Faults count the calls of all streams, so a call of one of several histories has another number there. */
const withoutRemedies = ({ remedies: _, ...history }: HistoryVerdict): HistoryVerdict => history;

const judged = async (history: RecordedHistory, how: JudgeRecording, isOnly: boolean): Promise<Reported> => {
  const { options, strict, expect, because, expired, replay, durationMs } = how;
  const rules = { strict, ...(expect === undefined ? {} : { expect }) };
  const { target, folder } = options;
  const verdict = await checkWithHeadroom(history.path, {
    ...rules,
    expired,
    ...(because === undefined ? {} : { because }),
  });
  const signal = new AbortController().signal;
  const shown = await withWitnesses(history.path, verdict, { ...rules, folder, signal, onlyViolations: true });
  const notes = [...history.notes, ...(isOrderTested(shown) ? [] : [remedy])];
  return {
    history: isOnly ? shown : withoutRemedies(shown),
    run: {
      scenario: history.stream,
      target: `${target.engine} ${target.version}`,
      replay,
      report: join(folder, 'report.html'),
      durationMs,
      ...(notes.length === 0 ? {} : { notes }),
      ...(history.error === undefined ? {} : { error: history.error.message }),
    },
  };
};

/**
 * The report of a history that cannot be read, for instance because somebody removed the file. The other streams are
 * still judged.
 */
const unread = ({ stream, error }: RecordedHistory, { options, replay }: JudgeRecording, thrown: unknown): Reported => {
  if (!(thrown instanceof HarnessError)) throw thrown;
  const { engine, version } = options.target;
  const { message } = error ?? thrown;
  return { history: undefined, run: { scenario: stream, target: `${engine} ${version}`, replay, error: message } };
};

const remedy =
  'order not tested, because no key has two records that can be compared: name the counter with --id, and what must be in order with its key=, or send what belongs together under one partition key';

const isTested = ({ history }: Reported): boolean => history === undefined || isOrderTested(history);

/** The line of a stream that tests nothing. */
const notTestedLine = ({ history, run }: Reported, style: TerminalStyle): string => {
  const { dim, bold, yellow } = colorsOf(style);
  const counts = `${history?.counts.acked ?? 0} acknowledged, ${history?.counts.read ?? 0} read`;
  const lines = hang(`${yellow('?')} `, `${bold(run.scenario)}  order not tested  ${dim(counts)}`, style.width);
  return `${lines.join('\n')}\n`;
};

/** Removes the remedy from the notes, because it is printed once for all streams. */
const withoutRemedy = (one: Reported): Reported => ({
  ...one,
  run: { ...one.run, notes: (one.run.notes ?? []).filter((note) => note !== remedy) },
});

const failureWords = (result: RecordResult, options: RecordOptions): readonly string[] => {
  const { failure, requests, histories } = result;
  const words =
    failure === undefined ? [] : [`${failure.message}${failure.hint === undefined ? '' : `\n  ${failure.hint}`}`];
  if (requests === 0) return [...words, noCallWords(result, options)];
  const unwritten = failure === undefined && histories.length === 0 ? noPutWords(result, options) : undefined;
  return unwritten === undefined ? words : [...words, unwritten];
};

/**
 * The exit code, the first that applies: interrupted, violated, the engine or the gateway, the command, inconclusive.
 */
export const codeOf = (
  result: RecordResult,
  reported: readonly Pick<Reported, 'history'>[],
  isStrict: boolean,
): number => {
  const verdicts = reported.flatMap(({ history }) => (history === undefined ? [] : [history]));
  const failure = result.failure ?? result.histories.find(({ error }) => error !== undefined)?.error;
  if (result.isInterrupted) return exitCodeOf.interrupted;
  const violated = verdicts.filter(({ verdict }) => verdict === 'violated');
  // Gaps at the end of keys are the failure of a dead engine, which refuses the remaining puts.
  if (violated.some((history) => failure === undefined || !isOfTheFailure(history))) return exitCodeOfVerdict.violated;
  if (reported.some(({ history }) => history === undefined)) return exitCodeOf.target;
  if (failure !== undefined) return failure instanceof HarnessError ? exitCodeOf[failure.code] : exitCodeOf.target;
  if (isCommandFailed(result) || result.failedConsumers !== undefined) return exitCodeOf.command;
  const tested = verdicts.filter(isOrderTested);
  const counted = isStrict || tested.length === 0 ? verdicts : tested;
  return counted.length === 0 || counted.some(({ verdict }) => verdict === 'unknown') ? exitCodeOfVerdict.unknown : 0;
};
