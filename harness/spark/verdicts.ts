import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../lib/error.ts';
import { readTextSync, textMax } from '../lib/read-text.ts';
import type { Merged } from '../parts/merge.ts';
import { type FileResult, nameOf } from './file-result.ts';

const rowsMax = 64 * textMax;

/** The verdicts that the job wrote, one per file. Undefined if Spark did not write the folder. */
export const verdictsOfJob = (folder: string, rules: readonly string[] = []): Merged | undefined => {
  const names = existsSync(folder) ? readdirSync(folder).filter((name) => isOfSpark.test(name)) : [];
  if (names.length === 0) return undefined;
  if (rules.length > 0)
    throw new HarnessError('usage', `${rules.join(', ')}: these histories were judged when Spark read them`, {
      hint: 'remove it here, and give it to spark-sql',
    });
  if (!existsSync(join(folder, '_SUCCESS')))
    throw new HarnessError('usage', `${folder}: the Spark job did not finish: there is no file _SUCCESS`);
  const said = names.sort().flatMap((name) => rowsIn(join(folder, name)));
  return {
    histories: said.flatMap(({ verdict }) => verdict ?? []),
    unjudged: said.flatMap(({ file, error }) => (error === undefined ? [] : [{ path: nameOf(file), error }])),
  };
};

const isOfSpark = /^part-\d{5}-[-0-9a-f]{36}.*\.txt$/;

const rowsIn = (path: string): readonly FileResult[] =>
  readTextSync(path, path, rowsMax)
    .split('\n')
    .filter((row) => row !== '')
    .map((row) => {
      const said = JSON.parse(row) as FileResult;
      if (said.whole === undefined) return said;
      throw new HarnessError('usage', `${path}: this is an intermediate result of the job`, {
        hint: 'the final result is in the folder verdict beside it',
      });
    });
