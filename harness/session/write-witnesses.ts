import { join } from 'node:path';
import type { CheckOptions } from '../judging/check-history.ts';
import { reduceHistory, type Witness } from '../judging/reduce-history.ts';
import { HarnessError } from '../lib/error.ts';
import { writeBeside } from '../lib/write-beside.ts';
import type { HistoryVerdict, WitnessFile } from '../model/verdict.ts';
import { witnessNames } from './witness-names.ts';

/**
 * The ending of witnesses. Judging a folder skips files with this ending, because a witness is not a run's history.
 */
export const witnessEnding = '.witness.ndjson';

export type WitnessOptions = Pick<CheckOptions, 'strict' | 'question' | 'expect' | 'signal'> & {
  readonly folder: string;
  /** The base name of the files; default: the history's. */
  readonly name?: string | undefined;
  /** True: writes witnesses only of forbidden findings. False: also of allowed ones. */
  readonly onlyViolations: boolean;
};

/**
 * Writes the witness of each finding into the folder, and returns the verdict with their names. Each witness was
 * judged again before. Existing witnesses of another history stay.
 */
export const withWitnesses = async (
  source: string,
  verdict: HistoryVerdict,
  { folder, name = witnessNames([verdict.path])[0], onlyViolations, ...options }: WitnessOptions,
): Promise<HistoryVerdict> => {
  const findings = verdict.findings.filter(
    ({ expect, explainedBy }) => explainedBy === null && (!onlyViolations || expect === 'forbid'),
  );
  if (findings.length === 0) return verdict;
  const { witnesses, failed } = await reduceHistory(source, { ...verdict, findings }, options);
  const files: WitnessFile[] = [];
  const aloud = failed.map(
    ({ anomaly }) =>
      `${anomaly}: no part of this history that is small enough shows it alone; its lines are those of the whole`,
  );
  for (const witness of witnesses) {
    const nameOf = (count: number): string =>
      join(folder, `${name}${count === 1 ? '' : `-${count}`}.${witness.anomaly}${witnessEnding}`);
    const written = await write(witness, nameOf).catch(whyNot);
    if (typeof written === 'string') aloud.push(`${witness.anomaly}: its witness was not written: ${written}`);
    else files.push(written);
  }
  return { ...verdict, witnesses: files, aloud: [...verdict.aloud, ...aloud] };
};

/**
 * The reason why a witness could not be written. Writing failures do not prevent the verdict; only an interruption, or
 * a bug, is thrown.
 */
const whyNot = (thrown: unknown): string => {
  if (thrown instanceof HarnessError && thrown.code !== 'interrupted') return thrown.message;
  throw thrown;
};

const write = async (
  { anomaly, lines, events, others }: Witness,
  nameOf: (count: number) => string,
): Promise<WitnessFile> => {
  const path = await writeBeside(nameOf, `${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
  return { anomaly, path, events, others };
};
