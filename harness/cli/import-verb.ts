import type { Command } from 'commander';
import { collect } from './verb-words.ts';

/** Declares the verb and its options. Its code is loaded when it is called. */
export const importVerb = (
  program: Command,
  withTarget: (command: Command) => Command,
  done: (code: number) => void,
): void => {
  withTarget(
    program
      .command('import')
      .argument('<format>', 'what the files are: kinesis-order list formats')
      .argument('[files...]', 'what a consumer received; .gz too, and - for standard input'),
  )
    .description('makes a history from dumps and logs, for check to judge')
    .requiredOption('--out <file>', 'the history (.ndjson)')
    .option(
      '--map <fields>',
      'FIELD=PATH,… for instance seq=.sequenceNumber,key=.partitionKey,n=.data.counter; flow=.orderId: what must be in order, if it is not the partition key; puts.FIELD for --puts alone',
      collect,
    )
    .option(
      '--id <spec>',
      'the counter in the payload: json:/seq[,key=/k][,counter=dense] · re:REGEX · module:./file.mjs',
    )
    .option('--prefix <regex>', 'what a logger puts before each line; its named groups are fields: (?<time>\\S+)')
    .option('--puts <file>', 'what a producer logged of its puts: FILE, or FORMAT:FILE; repeatable', collect)
    .option('--reads <file>', 'the same as a file behind the format: FILE, or FORMAT:FILE', collect)
    .option(
      '--with <source>',
      'another source, as FORMAT:NAME: stream:orders reads the stream itself; reader=billing:jsonl:FILE is what another application received; repeatable',
      collect,
    )
    .option('--shards <file>', 'which shards are parents and children: the JSON that aws kinesis list-shards prints')
    .option(
      '--zone <offset>',
      'the zone of times that name no zone: +01:00, or puts=+01:00, reads=+01:00 (default: UTC)',
      collect,
    )
    .option('--clock-skew <time>', 'largest difference between the clocks of the machines: 50ms')
    .option('--reader <name>', 'name of the consumer in the history', 'consumer')
    .option('--stream <name>', 'name of the stream in the history')
    .option('--question <question>', 'service or pipeline', 'pipeline')
    .option('--broken <n>', 'number of broken lines of a file that are accepted', '1000')
    .addHelpText(
      'after',
      '\nExample: kinesis-order import jsonl dump.jsonl.gz --out h.ndjson && kinesis-order check h.ndjson',
    )
    .action(async (format: string, files: string[], flags) =>
      done(await (await import('./import-command.ts')).importCommand(format, files, flags)),
    );
};
