import type { Command } from 'commander';

/** Declares the verbs that show existing files and judge nothing. Their code is loaded when they are called. */
export const readingVerbs = (program: Command, done: (code: number) => void): void => {
  program
    .command('show')
    .argument('<history>', 'a file (.ndjson, .ndjson.gz), or - for standard input')
    .description('shows the events of a key, a shard or some lines of a history, in words and columns')
    .option('--key <key>', 'the records of this key: who sent, who was answered, where they were stored, who read them')
    .option('--shard <shard>', 'what happened in this shard: its id, or its number')
    .option('--lines <a-b>', 'what these lines say')
    .addHelpText('after', '\nExample: kinesis-order show reports/latest/hot-key.ndjson --key p1-3sgoh --lines 1-40')
    .action(async (path: string, flags) => done(await (await import('./show-command.ts')).showCommand(path, flags)));
  program
    .command('explain')
    .argument('<anomaly>', 'an id, as in verdicts')
    .description('explains an anomaly: an example, the promise that it breaks, usual causes, and what to do')
    .addHelpText('after', '\nExample: kinesis-order explain key-reorder')
    .action(async (name: string) => done(await (await import('./explain-command.ts')).explainCommand(name)));
  program
    .command('show-report')
    .argument('[folder]', 'where to look', 'reports')
    .description('prints the path of the newest HTML report, and opens it in a terminal session')
    .addHelpText('after', '\nExample: kinesis-order show-report reports/latest')
    .action(async (folder: string) => done(await (await import('./show-report-command.ts')).showReportCommand(folder)));
};
