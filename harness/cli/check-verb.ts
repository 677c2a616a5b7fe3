import type { Command } from 'commander';
import { anomalies, collect, exitCodes } from './verb-words.ts';

export const checkVerb = (
  program: Command,
  withFlags: (command: Command) => Command,
  done: (code: number) => void,
): void => {
  withFlags(
    program
      .command('check')
      .argument('<histories...>', 'files (.ndjson, .ndjson.gz), folders, or - for standard input'),
  )
    .description('judges each history offline')
    .option('--reporter <name[=file]>', 'terminal, json, junit, markdown, github, html; repeatable', collect)
    .option('--format <name>', 'the same as --reporter', collect)
    .option('--only <anomalies>', `only these claims; ${anomalies}`, collect)
    .option('--skip <anomalies>', `not these claims; ${anomalies}`, collect)
    .option(
      '--workers <n>',
      '2: another thread reads and scans the history ahead of the judge (default: 2 for files from 256 MiB, else 1)',
    )
    .option(
      '--summary',
      'for parts that split wrote: writes beside each part what merge-reports needs, and judges nothing',
    )
    .addHelpText('after', `\nExample: kinesis-order check reports/latest/*.ndjson --reporter json\n${exitCodes}`)
    .action(async (paths: string[], { summary, ...flags }) =>
      done(
        summary === true
          ? await (await import('./split-command.ts')).summaryCommand(paths)
          : await (await import('./check-command.ts')).checkCommand(paths, flags),
      ),
    );
};
