import { Command, CommanderError } from 'commander';
import { codeOf, exitCodeOf, HarnessError, limitHint, messageOf } from '../lib/error.ts';
import { ownVersion } from '../lib/own-version.ts';
import { print } from '../lib/print.ts';
import { visible } from '../lib/visible.ts';
import { checkVerb } from './check-verb.ts';
import { compareVerb } from './compare-verb.ts';
import { conformanceVerb } from './conformance-verb.ts';
import { importVerb } from './import-verb.ts';
import { partsVerbs } from './parts-verbs.ts';
import { readingVerbs } from './reading-verbs.ts';
import { recordVerb } from './record-verb.ts';
import { sparkVerbs } from './spark-verbs.ts';
import { anomalies, collect, exitCodes } from './verb-words.ts';
import { watchOutput } from './watch-output.ts';

/**
 * Runs the command line. Each verb is loaded when it is called: `--help` starts no engine, and `check` loads no SDK.
 * Returns the exit code.
 */
export const main = async (argv: readonly string[]): Promise<number> => {
  watchOutput();
  let code = 0;
  const program = commands((result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return code;
  } catch (thrown) {
    return failed(thrown);
  }
};

const failed = (thrown: unknown): number => {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : exitCodeOf.usage;
  const todo = limitHint(thrown) ?? (thrown instanceof HarnessError ? thrown.hint : partHint(thrown));
  const words = thrown instanceof HarnessError ? thrown.message : visible(messageOf(thrown));
  print.err(`kinesis-order: ${words}${todo === undefined ? '' : `\n  ${todo}`}\n`);
  if (thrown instanceof HarnessError) return exitCodeOf[thrown.code];
  if (thrown instanceof Error && process.env['DEBUG'] !== undefined) print.err(`${thrown.stack ?? ''}\n`);
  return exitCodeOf.target;
};

/** A hint for a missing package: Node reports an installed package as missing if it may open no more files. */
const partHint = (thrown: unknown): string | undefined =>
  codeOf(thrown) === 'ERR_MODULE_NOT_FOUND'
    ? 'a part of this tool is missing, or may not be opened: look at ulimit -n, and install it again'
    : undefined;

/** The help of each verb, for the docs, in the same width on any terminal. */
export const helpTexts = (): readonly (readonly [name: string, help: string])[] =>
  commands(() => undefined).commands.map((verb) => [
    verb.name(),
    verb.configureHelp({ helpWidth: 120 }).helpInformation().trim(),
  ]);

/** Adds the flags that override the history and its scenario. */
const withJudging = (command: Command): Command =>
  command
    .option(
      '--question <whose>',
      'whose promise is judged: service (what AWS documents) or pipeline (the order of each key)',
    )
    .option('--forbid <anomalies>', `finding these breaks a promise; ${anomalies}`, collect)
    .option('--allow <anomalies>', `finding these breaks none; ${anomalies}`, collect)
    .option('--find <anomalies>', `these must be found; ${anomalies}`, collect)
    .option('--ignore <anomalies>', `these are not judged; ${anomalies}`, collect)
    .option('--baseline <file>', 'a file of anomalies that are accepted until a date: docs/ci.md');

const withDetail = (command: Command): Command =>
  command
    .option('--verbose', 'also shows the details of what is green')
    .option('--quiet', 'shows only what is red, and the last line');

const withReport = (command: Command): Command =>
  withDetail(
    command
      .option('--strict', 'also forbids the known deviations of the target')
      .option('--witness <dir>', 'writes the smallest history that shows each finding into this folder')
      .option('--headroom', 'computes the headroom from all records (default: from the first 200,000)')
      .option('--no-headroom', 'does not compute the headroom')
      .option('--power', 'measures the detection power for up to 60 s (default: up to 1.5 s)')
      .option('--no-power', 'does not measure the detection power'),
  );

const withTarget = (command: Command): Command =>
  command
    .option(
      '--target <name>',
      'the engine: kinesis-local, kinesalite, localstack, moto, ministack, aws, endpoint (default: the endpoint of the environment, then the configuration file, then kinesis-local)',
    )
    .option(
      '--endpoint <url>',
      'an engine that is already running (default: AWS_ENDPOINT_URL_KINESIS, then AWS_ENDPOINT_URL, then the configuration file)',
    )
    .option('--engine-version <version>', 'another version of the engine')
    .option('--region <region>', 'default: AWS_REGION, else the region of the profile; us-east-1 on emulators')
    .option('--profile <name>', 'AWS: the profile with credentials and region')
    .option('--config <file>', 'default: kinesis-order.config.ts');

const initVerb = (program: Command, done: (code: number) => void): void => {
  program
    .command('init')
    .description('writes a configuration, a green and a red scenario, and a CI workflow; never overwrites a file')
    .option('--producer <command>', 'also writes a scenario that runs this program as the producer')
    .option('--consumer <command>', 'also writes a scenario that runs this program as the consumer under test')
    .option('--examples', "copies the lab's scenarios into scenarios/lab")
    .addHelpText('after', '\nExample: kinesis-order init --producer "python producer.py"')
    .action(async (flags) => done(await (await import('./init-command.ts')).initCommand(flags)));
};

const commands = (done: (code: number) => void): Command => {
  const program = new Command('kinesis-order')
    .description(
      'Tells whether a Kinesis pipeline keeps its order. It proves it, or hands you the smallest history that shows how the order broke.',
    )
    .version(ownVersion())
    .exitOverride()
    .addHelpText('after', exitCodes);
  initVerb(program, done);
  withReport(
    withJudging(
      withTarget(program.command('run').argument('[patterns...]', 'files, folders, globs, or parts of names')),
    ),
  )
    .description('runs scenarios against a target and judges their histories')
    .option('--grep <regexp>', 'only scenarios whose name or tag matches')
    .option('--seed <seed>', 'repeats a run: same keys, payloads, calls')
    .option('--repeat <n>', 'runs everything n times, each time with another seed')
    .option('--until-violated', 'with --repeat: stops at the first run that violates a claim')
    .option('--workers <n>', 'number of scenarios at once (default: 4 on engines that were measured with it, else 1)')
    .option('--max-failures <n>', 'stops after this number of scenarios that do not hold')
    .option('--keep', 'keeps the streams')
    .option('--yes', 'confirms what a run on AWS creates')
    .option('--provision <way>', 'cloudformation or api (default: cloudformation if the target supports it)')
    .option('--allow-resources', "deploys all resources of a scenario's template, not only streams")
    .option('--reporter <name[=file]>', 'terminal, json, junit, markdown, github, html; repeatable', collect)
    .option(
      '--shard <i/n>',
      'writes and reads slice i of n of the hash keys, counted from 1; auto: from the environment (docs/scale.md)',
    )
    .option('--group <name>', 'with --shard: the name that all slices of this run share')
    .option('--shard-wait <seconds>', 'with --shard: how long a slice waits for the others (default: 300)')
    .option('--out <folder>', 'folder for histories and reports (default: reports)')
    .option('--keep-reports <n>', 'number of runs that are kept in that folder, the newest ones (default: 20)')
    .addHelpText(
      'after',
      `\nExample: kinesis-order run put-records --reporter terminal --reporter junit=junit.xml\n${exitCodes}`,
    )
    .action(async (patterns: string[], flags) =>
      done(await (await import('./run-command.ts')).runCommand(patterns, flags)),
    );
  recordVerb(program, (command) => withDetail(withJudging(withTarget(command))), done);
  checkVerb(program, (command) => withReport(withJudging(command)), done);
  partsVerbs(program, withJudging, withDetail, done);
  sparkVerbs(program, withJudging, done);
  program
    .command('list')
    .argument(
      '[what]',
      'scenarios, checks, faults, producers, consumers, payloads, partition-keys, targets, reporters, formats',
    )
    .description('lists scenarios, checks, faults, producers and the like')
    .option('--markdown', 'prints Markdown tables, as in the docs')
    .addHelpText('after', '\nExample: kinesis-order list checks --markdown')
    .action(async (what: string | undefined, flags) =>
      done(await (await import('./list-command.ts')).listCommand(what, flags)),
    );
  withTarget(program.command('clean'))
    .description('deletes the streams that killed runs left on a target')
    .option('--yes', 'does not ask')
    .option('--all', 'also deletes what belongs to runs that may still be active')
    .addHelpText('after', '\nExample: kinesis-order clean --endpoint http://localhost:4566 --yes')
    .action(async (flags) => done(await (await import('./clean-command.ts')).cleanCommand(flags)));
  compareVerb(program, withTarget, done);
  conformanceVerb(program, done);
  readingVerbs(program, done);
  importVerb(program, withTarget, done);
  program
    .command('template')
    .argument('<scenario>', 'a file, or a part of a name')
    .description('prints the CloudFormation template that a run deploys')
    .addHelpText('after', '\nExample: kinesis-order template split-under-load | cfn-lint -')
    .action(async (pattern: string) => done(await (await import('./template-command.ts')).templateCommand(pattern)));
  withTarget(program.command('doctor'))
    .description('shows what is installed, what is missing, and what a target supports')
    .addHelpText('after', '\nExample: kinesis-order doctor --target localstack')
    .action(async (flags) => done(await (await import('./doctor-command.ts')).doctorCommand(flags)));
  return program;
};
