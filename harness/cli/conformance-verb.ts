import { type Command, InvalidArgumentError } from 'commander';

const exitCodes = `
Exit codes: 0 the engine was asked · 1 with --compare a claim no longer conforms, with --strict one deviates or is not there · 2 usage · 3 the engine failed · 4 with --strict a claim could not be decided · 130 interrupted`;

/** Declares the verb and its options. Its code is loaded when it is called. */
export const conformanceVerb = (program: Command, done: (code: number) => void): void => {
  program
    .command('conformance')
    .description('tests an engine against what AWS documents, one probe a claim')
    .option('--target <name>', 'the engine to start (default: kinesis-local, or the endpoint where one is set)')
    .option(
      '--endpoint <url>',
      'an engine that is already running (default: AWS_ENDPOINT_URL_KINESIS, then AWS_ENDPOINT_URL)',
    )
    .option('--engine-version <version>', 'another version of the engine than the bundled one')
    .option('--region <region>', 'region', process.env['AWS_REGION'] ?? 'us-east-1')
    .option('--only <claims...>', 'only these claims or areas, by name')
    .option('--parallel <n>', 'probes at once', positive, 8)
    .option('--yes', 'confirms the cost on AWS')
    .option('--json', 'prints the result as JSON')
    .option('--out <file>', 'writes the JSON result (or the matrix, or the list) to a file')
    .option(
      '--compare <results...>',
      'shows what changed since that result (given two: between them, without a run); exit code 1 if a claim no longer conforms',
    )
    .option('--strict', 'exit code 1 if a claim deviates, 4 if one could not be decided')
    .option('--list', 'lists the claims with their wording and source')
    .option('--matrix <results...>', 'renders results of several engines as Markdown, without a run')
    .addHelpText('after', `\nExample: kinesis-order conformance --target kinesalite --only limits --json\n${exitCodes}`)
    .action(async (flags) => done(await (await import('./conformance-command.ts')).conformanceCommand(flags)));
};

const positive = (text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0 && value <= 64) return value;
  throw new InvalidArgumentError('give a number from 1 to 64');
};
