import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type CheckOptions, verdictOf } from '../check-history.ts';
import { checkWithHeadroom, type HeadroomMode } from '../check-with-headroom.ts';
import { seekable } from '../history/spool.ts';
import { systemClock } from '../lib/clock.ts';
import { exitCodeOf, HarnessError } from '../lib/error.ts';
import { type AnomalyId, anomalyIds, isAnomalyId } from '../model/anomaly.ts';
import { exitCodeOfVerdict, type HistoryVerdict } from '../model/verdict.ts';
import type { Reported } from '../report/reporter.ts';
import { renderOne, renderSummary } from '../report/terminal.ts';
import { withWitnesses, witnessEnding } from '../write-witnesses.ts';
import { type Console, consoleFor } from './console.ts';
import { headroomModeOf } from './headroom-mode.ts';
import { interruption } from './interrupt.ts';
import { parseOutput } from './output.ts';
import { worstCode } from './worst-code.ts';
import { writeOutputs } from './write-report.ts';

export type CheckFlags = {
  readonly reporter?: readonly string[];
  readonly format?: readonly string[];
  readonly only?: string;
  readonly skip?: string;
  readonly strict?: boolean;
  readonly headroom?: boolean;
  /** The folder that takes the reduced histories. */
  readonly witness?: string;
};

/** `check`: judges histories, each for itself. One that cannot be judged is named with its line, and the others are judged all the same. */
export const checkCommand = async (paths: readonly string[], flags: CheckFlags): Promise<number> => {
  const wanted = [...(flags.reporter ?? []), ...(flags.format ?? [])];
  const outputs = (wanted.length === 0 ? ['terminal'] : wanted).map(parseOutput);
  const words = consoleFor(outputs.some(({ reporter, file }) => reporter !== 'terminal' && file === undefined));
  const { signal, dispose } = interruption();
  const options = { ...filtersOf(flags), strict: flags.strict ?? false, signal };
  const reported: Reported[] = [];
  const codes: number[] = [];
  try {
    const how = { ...options, mode: headroomModeOf(flags.headroom), folder: flags.witness };
    for (const { path, unjudged } of await historiesOf(paths)) {
      const one = unjudged === undefined ? await judge(path, how, words) : unjudgedAs(path, unjudged, words);
      codes.push(one.code);
      reported.push(one.reported);
    }
  } finally {
    dispose();
  }
  const verdict = verdictOf(
    reported.flatMap(({ history }) => (history === undefined ? [] : [history])),
    reported.flatMap(({ run: { scenario, unjudged } }) =>
      unjudged === undefined ? [] : [{ path: scenario, error: unjudged }],
    ),
  );
  await writeOutputs(outputs, verdict, reported, words);
  if (verdict.histories.length > 0) words.human(renderSummary(verdict, reported, words.color));
  return worstCode(codes);
};

type Judged = { readonly reported: Reported; readonly code: number };
type JudgeHow = CheckOptions & { readonly mode: HeadroomMode; readonly folder: string | undefined };

const judge = async (path: string, { mode, folder, ...options }: JudgeHow, words: Console): Promise<Judged> => {
  const live = words.live;
  const onProgress = live === undefined ? {} : { onProgress: progressOf(path, live) };
  try {
    const { strict, signal } = options;
    const reducing = { strict: strict ?? false, ...(signal === undefined ? {} : { signal }), onlyViolations: false };
    const check = async (file: string): Promise<HistoryVerdict> => {
      const judged = await checkWithHeadroom(file, { path, ...options, ...onProgress }, mode);
      return folder === undefined ? judged : withWitnesses(file, judged, { ...reducing, folder });
    };
    const history = await seekable(path, check, signal);
    const reported = { history, run: { scenario: path } };
    words.human(renderOne(reported, words.color));
    return { reported, code: exitCodeOfVerdict[history.verdict] };
  } catch (thrown) {
    if (!(thrown instanceof HarnessError)) throw thrown;
    return unjudgedAs(path, thrown, words);
  }
};

const unjudgedAs = (path: string, { message, hint, code }: HarnessError, words: Console): Judged => {
  const at = message.startsWith('line ') ? `${path}: ` : '';
  words.human(`kinesis-order: ${at}${message}${hint === undefined ? '' : `\n  ${hint}`}\n`);
  return { reported: { history: undefined, run: { scenario: path, unjudged: message } }, code: exitCodeOf[code] };
};

/** A history may be read twice: then it begins again, and so does what is left. */
const progressOf = (path: string, live: (text: string) => void): NonNullable<CheckOptions['onProgress']> => {
  const clock = systemClock();
  let [begun, before] = [clock.now(), 0];
  return ({ bytes, totalBytes, records, odd }) => {
    if (bytes < before) begun = clock.now();
    before = bytes;
    const seconds = Math.max(0.001, (clock.now() - begun) / 1e6);
    const of = totalBytes === undefined ? '' : ` of ${Math.round(totalBytes / 1e6)}`;
    const left = totalBytes === undefined ? '' : `, ${Math.ceil((seconds * (totalBytes - bytes)) / bytes)} s left`;
    const found = odd === undefined ? 'no findings so far' : `found at the end (${odd})`;
    live(
      `  ${path}: ${Math.round(bytes / 1e6)} MB${of}, ${records} records, ${Math.round(records / seconds)} a second, ${found}${left}`,
    );
  };
};

type Listed = { readonly path: string; readonly unjudged?: HarnessError };

/** Files, folders (every history in them) and `-`. */
const historiesOf = async (paths: readonly string[]): Promise<readonly Listed[]> => {
  const files: Listed[] = [];
  for (const path of paths) {
    const info = path === '-' ? undefined : await stat(path).catch(() => undefined);
    if (info?.isDirectory() !== true) {
      files.push({ path });
      continue;
    }
    const inside = historiesAmong(await readdir(path, { recursive: true }));
    const none = `${path}: there is no history (.ndjson, .ndjson.gz) in this folder`;
    if (inside.length === 0) files.push({ path, unjudged: new HarnessError('usage', none) });
    files.push(...inside.map((name) => ({ path: join(path, name) })));
  }
  return files;
};

/** Witnesses stand beside the histories that they were cut from, and say nothing new there; in a folder of their own they are judged. */
const historiesAmong = (names: readonly string[]): readonly string[] => {
  const all = names.filter((name) => /\.ndjson(\.gz)?$/.test(name)).sort();
  const whole = all.filter((name) => !name.endsWith(witnessEnding));
  return whole.length > 0 ? whole : all;
};

const filtersOf = ({
  only,
  skip,
}: CheckFlags): { readonly only?: readonly AnomalyId[]; readonly skip?: readonly AnomalyId[] } => ({
  ...(only === undefined ? {} : { only: anomaliesOf('--only', only) }),
  ...(skip === undefined ? {} : { skip: anomaliesOf('--skip', skip) }),
});

const anomaliesOf = (flag: string, text: string): readonly AnomalyId[] =>
  text.split(',').map((part) => {
    const id = part.trim();
    if (isAnomalyId(id)) return id;
    throw new HarnessError('usage', `${flag}: there is no anomaly ${JSON.stringify(id)}`, {
      hint: `possible: ${anomalyIds.join(', ')}`,
    });
  });
