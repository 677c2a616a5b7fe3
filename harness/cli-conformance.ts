import { readFile, writeFile } from 'node:fs/promises';
import { Command } from 'commander';
import { type AskOptions, askEngine } from './ask-engine.ts';
import { compareResults, renderChanges } from './conformance/compare.ts';
import { renderMatrix } from './conformance/matrix.ts';
import { pickClaims } from './conformance/pick.ts';
import { claims } from './conformance/registry.ts';
import { type ConformanceResult, parseResult } from './conformance/result.ts';
import { renderResult } from './conformance/terminal.ts';
import { HarnessError, messageOf } from './lib/error.ts';

/**
 * `conformance`: what an engine enforces and promises, claim by claim. Measures; only `--strict` and `--compare` make a verdict of it (1: a
 * claim deviates, or conformed before and does not now; 4: a claim could not be decided).
 */
type Options = AskOptions & {
  readonly json?: boolean;
  readonly out?: string;
  readonly compare?: string;
  readonly strict?: boolean;
  readonly list?: boolean;
  readonly matrix?: readonly string[];
};

export const conformanceCommand = (): Command =>
  new Command('conformance')
    .description('what an engine enforces and promises: a claim of AWS and a probe each')
    .option('--target <name>', 'the engine to start (default: kinesis-local, or the endpoint where one is set)')
    .option('--endpoint <url>', 'an engine that runs already; also AWS_ENDPOINT_URL_KINESIS, AWS_ENDPOINT_URL')
    .option('--engine-version <version>', 'another version of the engine than the bundled one')
    .option('--region <region>', 'region', process.env['AWS_REGION'] ?? 'us-east-1')
    .option('--only <claims...>', 'claims or areas to ask, by name')
    .option('--parallel <n>', 'probes under way at once', positive, 8)
    .option('--yes', 'agree to what it costs on AWS')
    .option('--json', 'the result as JSON on stdout')
    .option('--out <file>', 'write the JSON result into a file')
    .option('--compare <old.json>', 'tell what changed since that result; exit code 1 if something conforms no longer')
    .option('--strict', 'exit code 1 if a claim deviates, 4 if one could not be decided')
    .option('--list', 'the claims with their wording and source')
    .option('--matrix <results...>', 'render results of several engines as markdown, ask nothing')
    .action(conformance);

const positive = (text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0 && value <= 64) return value;
  throw new HarnessError('usage', `--parallel: ${JSON.stringify(text)} is not a number from 1 to 64`);
};

const conformance = async (options: Options): Promise<void> => {
  const picked = pickClaims(claims, options.only);
  if (options.list === true) return print(listed(picked), options.out);
  if (options.matrix !== undefined) {
    return print(renderMatrix(await Promise.all(options.matrix.map(read)), claims), options.out);
  }
  const old = options.compare === undefined ? undefined : await read(options.compare);
  const result = await askEngine(picked, options);
  const json = `${JSON.stringify(result, null, 1)}\n`;
  if (options.out !== undefined) await print(json, options.out);
  process.stdout.write(options.json === true ? json : renderResult(result, claims));
  if (old !== undefined) (options.json === true ? process.stderr : process.stdout).write(renderChanges(old, result));
  process.exitCode = exitCodeOf(result, old, options.strict === true);
};

const exitCodeOf = (result: ConformanceResult, old: ConformanceResult | undefined, isStrict: boolean): number => {
  const has = (...kinds: readonly string[]): boolean => result.answers.some((answer) => kinds.includes(answer.kind));
  if (old !== undefined && compareResults(old, result).some((change) => change.isWorse)) return 1;
  if (isStrict && has('deviates', 'not there')) return 1;
  return isStrict && has('error', 'no answer') ? 4 : 0;
};

const listed = (picked: ReturnType<typeof pickClaims>): string =>
  Object.entries(picked)
    .map(([id, claim]) => `${id} (${claim.area})\n    "${claim.wording}" (${claim.source})\n`)
    .join('');

const read = async (path: string): Promise<ConformanceResult> => {
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new HarnessError('usage', `cannot read ${path}: ${messageOf(cause)}`, { cause });
  });
  return parseResult(text, path);
};

const print = async (text: string, out: string | undefined): Promise<void> => {
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  await writeFile(out, text).catch((cause: unknown) => {
    throw new HarnessError('target', `cannot write ${out}: ${messageOf(cause)}`, { cause });
  });
};
