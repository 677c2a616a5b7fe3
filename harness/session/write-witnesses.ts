import { join } from 'node:path';
import type { CheckOptions } from '../judging/check-history.ts';
import { reduceHistory, type Witness } from '../judging/reduce-history.ts';
import { HarnessError } from '../lib/error.ts';
import { writeBeside } from '../lib/write-beside.ts';
import type { HistoryVerdict, WitnessFile } from '../model/verdict.ts';
import { witnessNames } from './witness-names.ts';

/** A witness is not a history of a run: folders that are judged leave files of this ending alone. */
export const witnessEnding = '.witness.ndjson';

export type WitnessOptions = Pick<CheckOptions, 'strict' | 'question' | 'expect' | 'signal'> & {
  readonly folder: string;
  /** What the files are called; left out, as the history is. */
  readonly name?: string | undefined;
  /** Only what is forbidden; otherwise what is allowed and was found, too. */
  readonly onlyViolations: boolean;
};

/**
 * Writes the smallest history of each finding into the folder, and answers the verdict with their names. Each was
 * judged again before. Those of another history that are there already stay.
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

/** Where nothing can be written there is a verdict all the same. */
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
