import { writeFile } from 'node:fs/promises';
import { compareResults, haveCommon, renderChanges } from '../conformance/compare.ts';
import { renderMatrix } from '../conformance/matrix.ts';
import { pickClaims } from '../conformance/pick.ts';
import { claims } from '../conformance/registry.ts';
import { type ConformanceResult, parseResult } from '../conformance/result.ts';
import { renderResult } from '../conformance/terminal.ts';
import { HarnessError, messageOf } from '../lib/error.ts';
import { print } from '../lib/print.ts';
import { readTextSync, textMax } from '../lib/read-text.ts';
import { inertText } from '../report/json-text.ts';
import { type AskOptions, askEngine } from './ask-engine.ts';

type Options = AskOptions & {
  readonly json?: boolean;
  readonly out?: string;
  readonly compare?: readonly string[];
  readonly strict?: boolean;
  readonly list?: boolean;
  readonly matrix?: readonly string[];
};

/**
 * `conformance`: tests an engine claim by claim. Returns the exit code, which only `--strict` and `--compare` set (1:
 * a claim deviates, or conformed before and does not now; 4: a claim could not be decided).
 */
export const conformanceCommand = async (options: Options): Promise<number> => {
  const picked = pickClaims(claims, options.only);
  if (options.list === true) return printTo(listed(picked), options.out);
  if (options.matrix !== undefined) {
    return printTo(renderMatrix(options.matrix.map(read), claims), options.out);
  }
  const [old, newer, ...more] = (options.compare ?? []).map(read);
  if (more.length > 0) throw new HarnessError('usage', '--compare takes one result, or two');
  if (old !== undefined && newer !== undefined) {
    await printTo(renderChanges(old, newer), options.out);
    return exitCodeOf(newer, old, false);
  }
  const result = await askEngine(picked, options);
  const json = `${JSON.stringify(result, null, 1)}\n`;
  if (options.out !== undefined) await printTo(json, options.out);
  print.out(options.json === true ? inertText(json) : renderResult(result, claims));
  if (old !== undefined) (options.json === true ? print.err : print.out)(renderChanges(old, result));
  return exitCodeOf(result, old, options.strict === true);
};

const exitCodeOf = (result: ConformanceResult, old: ConformanceResult | undefined, isStrict: boolean): number => {
  const has = (...kinds: readonly string[]): boolean => result.answers.some((answer) => kinds.includes(answer.kind));
  if (old !== undefined && !haveCommon(old, result))
    throw new HarnessError('unknown', 'no claim is answered in both results: nothing was compared');
  if (old !== undefined && compareResults(old, result).some((change) => change.isWorse)) return 1;
  if (isStrict && has('deviates', 'not there')) return 1;
  return isStrict && has('error', 'no answer') ? 4 : 0;
};

const listed = (picked: ReturnType<typeof pickClaims>): string =>
  Object.entries(picked)
    .map(([id, claim]) => `${id} (${claim.area})\n    "${claim.wording}" (${claim.source})\n`)
    .join('');

const read = (path: string): ConformanceResult => {
  return parseResult(readTextSync(path, path, 4 * textMax), path);
};

const printTo = async (text: string, out: string | undefined): Promise<number> => {
  if (out === undefined) print.out(text);
  else {
    await writeFile(out, text).catch((cause: unknown) => {
      throw new HarnessError('target', `cannot write ${out}: ${messageOf(cause)}`, { cause });
    });
  }
  return 0;
};
