import type { Command } from 'commander';
import { collect } from './verb-words.ts';

const exitCodes = `
Exit codes, the first that applies: 130 interrupted · 2 usage · 1 a promise is broken · 3 the engine or the gateway failed · 5 the command failed · 4 unknown, or no call came · 0 promises hold`;

/** Declares the verb and its options. Its code is loaded when it is called. */
export const recordVerb = (
  program: Command,
  /** Adds the options that other verbs have, too. */
  withShared: (command: Command) => Command,
  done: (code: number) => void,
): void => {
  withShared(
    program.command('record').argument('[command...]', 'behind --: the program, as it is started without this tool'),
  )
    .description(
      'runs your program against a gateway, and judges every stream that it writes to (default --question pipeline)',
    )
    .option('--stream <name>', 'records this stream only; repeatable', collect)
    .option('--shards <n>', 'makes a missing stream, with n shards; not on AWS')
    .option(
      '--id <spec>',
      'json:/seq[,key=/k][,producer=/p] · re:REGEX with groups n, key, producer · module:./file.mjs · none',
    )
    .option('--producer <name>', 'what the history calls the program (default: app)')
    .option(
      '--consumer <command>',
      'a consumer under test, started by a shell beside the program: it prints what it received as JSON lines',
    )
    .option('--consumer-name <name>', 'name of the consumer in the history (default: consumer)')
    .option('--instances <n>', 'number of processes of the consumer: consumer/1, consumer/2 … (default: 1)')
    .option('--lines <where>', 'where the consumer writes its lines: stdout (default), file, file:PATH, fd3, http')
    .option('--prefix <regex>', "what a logger writes before each of the consumer's lines")
    .option('--owes <from>', 'what the consumer has to handle: everything from TRIM_HORIZON, or from LATEST')
    .option('--done <time>', 'time for the consumer to handle what it owes, after the load (default: 60s)')
    .option(
      '--sentinel <payload>',
      'the payload of the sentinels, if the consumer rejects the usual one; none: no sentinels',
    )
    .option(
      '--aggregates <how>',
      'kcl: the consumer drops an aggregate if one of its records lies outside the shard, as the KCL does; raw: it does not',
    )
    .option(
      '--fault <spec>',
      'NAME:key=value,… for instance drop-response:call=10 or fail-record:call=3,entries=1+4',
      collect,
    )
    .option('--adversary <n>', 'runs the program under n seeds of legal faults, until one breaks it')
    .option(
      '--intensity <share>',
      'share of puts and reads with a fault of the adversary, at most 0.5 (default: 0.1, doubled while few faults hit a call)',
    )
    .option('--reshard <spec>', 'split:afterAcked=50 · merge:afterAcked=50 · update:afterAcked=50,target=4', collect)
    .option('--stop-after <n>', 'ends the program after this number of acknowledged records')
    .option('--for <time>', 'ends the program after this time: 30s, 5m, 500ms')
    .option(
      '--listen <port>',
      'PORT or HOST:PORT of the gateway; without a command it listens until Ctrl-C, or POST /_kinesis-order/end',
    )
    .option('--wait <what>', 'when the program counts as started: firstCall (default), stdout:REGEX, url:URL, port:N')
    .option('--timeout <time>', 'time for --wait (default: 2m)')
    .option('--graceful <signal:time>', 'how the program is ended: SIGTERM:5s (default), SIGINT:10s')
    .option(
      '--no-env',
      'does not set AWS_ENDPOINT_URL_KINESIS: the program finds the gateway by its port or its arguments',
    )
    .option('--cwd <folder>', 'working directory of the program')
    .option('--seal', 'puts a sentinel into each shard, also on streams that this tool did not create')
    .option('--final-only', 'no load: lists the shards of each --stream and reads every record that it holds, once')
    .option('--keep', 'keeps the streams that this tool created')
    .option(
      '--strict',
      'also forbids the known deviations of the target; exit code 4 also if one stream of several was not tested',
    )
    .option('--reporter <name[=file]>', 'terminal, json, junit, markdown, github, html; repeatable', collect)
    .option('--out <folder>', 'folder for histories and reports (default: reports)')
    .option('--keep-reports <n>', 'number of runs that are kept in that folder, the newest ones (default: 20)')
    .addHelpText(
      'after',
      `\nExample: kinesis-order record --stream orders --shards 2 --id json:/seq -- python producer.py\n${exitCodes}`,
    )
    .action(async (command: string[], flags, { parent }: Command) => {
      const typed = (parent as (Command & { readonly rawArgs?: readonly string[] }) | null)?.rawArgs ?? [];
      done(await (await import('./record-command.ts')).recordCommand(command, flags, typed));
    });
};
