import { type Command, InvalidArgumentError } from 'commander';

/** The verb's options; what it does is loaded when it is called. */
export const conformanceVerb = (program: Command, done: (code: number) => void): void => {
  program
    .command('conformance')
    .description('what an engine enforces and promises: a claim of AWS and a probe each')
    .option('--target <name>', 'the engine to start (default: kinesis-local, or the endpoint where one is set)')
    .option('--endpoint <url>', 'an engine that runs already; also AWS_ENDPOINT_URL_KINESIS, AWS_ENDPOINT_URL')
    .option('--engine-version <version>', 'another version of the engine than the bundled one')
    .option('--region <region>', 'region', process.env['AWS_REGION'] ?? 'us-east-1')
    .option('--only <claims...>', 'claims or areas to ask, by name')
    .option('--parallel <n>', 'probes under way at once', positive, 8)
    .option('--yes', 'agree to what it costs on AWS')
    .option('--json', 'the result as JSON on stdout')
    .option('--out <file>', 'write the JSON result (or the matrix, or the list) into a file')
    .option(
      '--compare <results...>',
      'what changed since that result (given two: between them, asking nothing); exit code 1 if something conforms no longer',
    )
    .option('--strict', 'exit code 1 if a claim deviates, 4 if one could not be decided')
    .option('--list', 'the claims with their wording and source')
    .option('--matrix <results...>', 'render results of several engines as markdown, ask nothing')
    .addHelpText('after', '\nExample: kinesis-order conformance --target kinesalite --only limits --json')
    .action(async (flags) => done(await (await import('./conformance-command.ts')).conformanceCommand(flags)));
};

const positive = (text: string): number => {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value > 0 && value <= 64) return value;
  throw new InvalidArgumentError('give a number from 1 to 64');
};
