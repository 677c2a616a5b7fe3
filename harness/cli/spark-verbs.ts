import type { Command } from 'commander';
import { anomalies, collect } from './verb-words.ts';

/** Declares the verbs for histories that Spark judges, on several machines. */
export const sparkVerbs = (
  program: Command,
  withJudging: (command: Command) => Command,
  done: (code: number) => void,
): void => {
  withJudging(program.command('spark-sql'))
    .description('prints a Spark SQL job that judges the histories of a folder in parts, on several machines')
    .requiredOption('--input <place>', 'folder with histories, or one of them; anything that Spark reads')
    .requiredOption('--output <folder>', 'folder for what the job writes; anything that Spark writes')
    .option('--parts <n>', 'number of parts of each history, 1 to 256', '8')
    .option('--piece-mb <n>', 'megabytes of a file that one task reads', '64')
    .option('--command <command>', 'how the executors start this program', 'kinesis-order')
    .option('--only <anomalies>', `only these claims; ${anomalies}`, collect)
    .option('--skip <anomalies>', `not these claims; ${anomalies}`, collect)
    .option('--strict', 'also forbids the known deviations of the target')
    .addHelpText('after', '\nExample: kinesis-order spark-sql --input histories --output job > job.sql')
    .action(async (flags) => done((await import('./spark-command.ts')).sparkSqlCommand(flags)));
  program
    .command('spark-step')
    .argument('<name>', 'survey, plan, route, judge, merge, whole')
    .description('a step of the job that spark-sql prints; Spark starts it')
    .option('--parts <n>', 'number of parts of each history', '8')
    .option('--rules <text>', 'how to judge, as spark-sql wrote it')
    .action(async (name: string, flags) =>
      done(await (await import('./spark-command.ts')).sparkStepCommand(name, flags)),
    );
};
