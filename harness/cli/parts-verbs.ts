import type { Command } from 'commander';
import { anomalies, collect } from './verb-words.ts';

type Flagged = (command: Command) => Command;

/** Verbs for a history that is judged in parts, on several cores or machines. */
export const partsVerbs = (
  program: Command,
  withJudging: Flagged,
  withDetail: Flagged,
  done: (code: number) => void,
): void => {
  program
    .command('split')
    .argument('<history>', 'a file (.ndjson, .ndjson.gz), or - for standard input')
    .description('writes a history as several, to be judged apart: no key, shard or lineage is ever cut')
    .requiredOption('--parts <n>', 'so many, 1 to 256', Number)
    .option('--out <folder>', 'where they go; else beside the history, in NAME-parts')
    .addHelpText('after', '\nExample: kinesis-order split reports/latest/hot-key.ndjson --parts 4 --out parts')
    .action(async (path: string, flags) => done(await (await import('./split-command.ts')).splitCommand(path, flags)));
  withDetail(withJudging(program.command('merge-reports').argument('<folder>', 'with the summaries of all parts')))
    .description('the verdict on a history that was split, from the summaries of its parts: the same as that of check')
    .option('--reporter <name[=file]>', 'terminal, json, junit, markdown, github, html; several times', collect)
    .option('--only <anomalies>', `only these claims; ${anomalies}`, collect)
    .option('--skip <anomalies>', `not these claims; ${anomalies}`, collect)
    .option('--strict', 'forbids what is known of the target too')
    .addHelpText('after', '\nExample: kinesis-order merge-reports parts --reporter json')
    .action(async (folder: string, flags) =>
      done(await (await import('./merge-command.ts')).mergeCommand(folder, flags)),
    );
};
