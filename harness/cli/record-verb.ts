import type { Command } from 'commander';
import { collect } from './verb-words.ts';

const exitCodes = `
Exit codes, the first that applies: 130 interrupted · 2 usage · 1 a claim is violated · 3 the engine or the gateway failed · 5 the command failed · 4 inconclusive, or no call came · 0`;

/** The verb's options; what it does is loaded when it is called. */
export const recordVerb = (
  program: Command,
  /** Options that other verbs have, too. */
  withShared: (command: Command) => Command,
  done: (code: number) => void,
): void => {
  withShared(
    program.command('record').argument('[command...]', 'behind --: the program, as it is started without this tool'),
  )
    .description(
      "runs somebody's program against a gateway, and judges every stream that it writes to (--question pipeline, unless said otherwise)",
    )
    .option('--stream <name>', 'records this stream only; several times', collect)
    .option('--shards <n>', 'makes a stream that is missing, with n shards; not on AWS')
    .option(
      '--id <spec>',
      'json:/seq[,key=/k][,producer=/p] · re:REGEX with groups n, key, producer · module:./file.mjs · none',
    )
    .option('--producer <name>', 'what the history calls the program (app)')
    .option(
      '--consumer <command>',
      'a consumer under test, by a shell, beside the program: it tells in JSON lines what it was given',
    )
    .option('--consumer-name <name>', 'what the history calls the consumer (consumer)')
    .option('--instances <n>', 'so many processes of the consumer: consumer/1, consumer/2 … (1)')
    .option('--lines <where>', 'where the consumer writes its lines: stdout (default), file, file:PATH, fd3, http')
    .option('--prefix <regex>', "what a logger writes before each of the consumer's lines")
    .option('--owes <from>', 'what the consumer has to handle: all from TRIM_HORIZON, or from LATEST')
    .option('--done <time>', 'for the consumer to handle all that it owes, once the load is over (60s)')
    .option(
      '--sentinel <payload>',
      "the body of the stream's end markers, if the consumer takes no other; none: no markers",
    )
    .option(
      '--aggregates <how>',
      'kcl: the consumer drops an aggregate of which one record lies outside its shard, as the KCL does; or raw',
    )
    .option(
      '--fault <spec>',
      'NAME:key=value,… for instance drop-response:call=10 or fail-record:call=3,entries=1+4',
      collect,
    )
    .option('--adversary <n>', 'runs the program under n seeds of every legal fault, until one breaks it')
    .option('--intensity <share>', 'share of the puts and reads that meet a fault of the adversary, at most 0.5 (0.1)')
    .option('--reshard <spec>', 'split:afterAcked=50 · merge:afterAcked=50 · update:afterAcked=50,target=4', collect)
    .option('--stop-after <n>', 'ends the program when so many records were acknowledged')
    .option('--for <time>', 'ends the program after this time: 30s, 5m, 500ms')
    .option(
      '--listen <port>',
      'PORT or HOST:PORT of the gateway; without a command it listens until Ctrl-C, or POST /_kinesis-order/end',
    )
    .option('--wait <what>', 'when the program counts as started: firstCall (default), stdout:REGEX, url:URL, port:N')
    .option('--timeout <time>', 'for what --wait says (2m)')
    .option('--graceful <signal:time>', 'how the program is ended: SIGTERM:5s (default), SIGINT:10s')
    .option(
      '--no-env',
      'leaves AWS_ENDPOINT_URL_KINESIS alone: the program finds the gateway by its port, or is told in its arguments',
    )
    .option('--cwd <folder>', 'where the program runs')
    .option('--seal', 'puts an end marker into each shard of streams that this tool did not make, too')
    .option('--final-only', 'no load: the shards of each --stream, and one reading of all that it holds')
    .option('--keep', 'leaves the streams that this tool made')
    .option('--strict', 'forbids what is known of the target, and makes every unknown 4')
    .option('--reporter <name[=file]>', 'terminal, json, junit, markdown, github, html; several times', collect)
    .option('--out <folder>', 'where histories and reports go (reports)')
    .option('--keep-reports <n>', 'so many runs stay there, the newest (20)')
    .addHelpText(
      'after',
      `\nExample: kinesis-order record --stream orders --shards 2 --id json:/seq -- python producer.py\n${exitCodes}`,
    )
    .action(async (command: string[], flags, { parent }: Command) => {
      const typed = (parent as (Command & { readonly rawArgs?: readonly string[] }) | null)?.rawArgs ?? [];
      done(await (await import('./record-command.ts')).recordCommand(command, flags, typed));
    });
};
