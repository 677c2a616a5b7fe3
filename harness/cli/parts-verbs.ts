import type { Command } from 'commander';
import { anomalies, collect } from './verb-words.ts';

type Flagged = (command: Command) => Command;

/** Declares the verbs for a history that is judged in parts, on several cores or machines. */
export const partsVerbs = (
  program: Command,
  withJudging: Flagged,
  withDetail: Flagged,
  done: (code: number) => void,
): void => {
  program
    .command('split')
    .argument('<history>', 'a file (.ndjson, .ndjson.gz), or - for standard input')
    .description('splits a history into parts that are judged separately; no key, shard or lineage is ever cut')
    .requiredOption('--parts <n>', 'number of parts, 1 to 256', Number)
    .option('--out <folder>', 'folder for the parts (default: NAME-parts beside the history)')
    .addHelpText('after', '\nExample: kinesis-order split reports/latest/hot-key.ndjson --parts 4 --out parts')
    .action(async (path: string, flags) => done(await (await import('./split-command.ts')).splitCommand(path, flags)));
  withDetail(
    withJudging(
      program
        .command('merge-reports')
        .argument('<folder>', 'folder with the summaries of all parts, or the reports of all slices'),
    ),
  )
    .description('merges the summaries of parts (split), or the reports of slices (run --shard), into one verdict')
    .option('--reporter <name[=file]>', 'terminal, json, junit, markdown, github, html; repeatable', collect)
    .option('--only <anomalies>', `only these claims; ${anomalies}`, collect)
    .option('--skip <anomalies>', `not these claims; ${anomalies}`, collect)
    .option('--strict', 'also forbids the known deviations of the target')
    .addHelpText('after', '\nExample: kinesis-order merge-reports parts --reporter json')
    .action(async (folder: string, flags) =>
      done(await (await import('./merge-command.ts')).mergeCommand(folder, flags)),
    );
};
