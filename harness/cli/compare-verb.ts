import type { Command } from 'commander';
import { builtInArms } from '../compare/arms.ts';
import { HarnessError } from '../lib/error.ts';
import { collect } from './verb-words.ts';

const nameWidth = Math.max(...builtInArms.map(({ name }) => name.length));
const armLines = builtInArms.map(({ name, what }) => `  ${name.padEnd(nameWidth)}  ${what}`).join('\n');

const exitCodes = `
Exit codes: 0 compared · 1 a --fail-if bound is broken · 2 usage · 3 the engine failed · 4 a --fail-if bound cannot be decided: n too small, or an arm that was not judged whole · 5 the command failed · 130 interrupted`;

/** Declares the verb and its options. Its code is loaded when it is called. */
export const compareVerb = (
  program: Command,
  withTarget: (command: Command) => Command,
  done: (code: number) => void,
): void => {
  withTarget(
    program
      .command('compare')
      .argument(
        '[words...]',
        'FILE -- COMMAND: a scenario, whose stream, keys, payloads, faults and reshards are used, and whose producers are arms; a program that gets the same records as JSON lines (docs/compare.md has an example)',
      ),
  )
    .description('compares ways to write by order, latency, rate and cost, with the same records at the same times')
    .option('--arm <arm>', 'NAME of a built-in arm, or TYPE:key=value,… of a producer; repeatable', collect)
    .option('--rate <n>', 'records per second, whatever the answers do (default: 150)')
    .option('--seconds <n>', 'duration of each arm and round (default: 3.5)')
    .option('--arrivals <how>', 'constant (default), or poisson: gaps drawn by the seed')
    .option('--rounds <n>', 'interleaved rounds (default: 2)')
    .option('--seed <seed>', 'repeats a comparison: same keys, payloads, schedule')
    .option('--poll <ms>', 'pause of the reader after an empty page; AWS allows 5 calls per second (default: 200)')
    .option(
      '--sweep <what>',
      'rates: the highest sustained rate of each arm, and latency over load; packing: RecordMaxBufferedTime 0 to 1,000 ms; all',
    )
    .option('--rate-max <n>', 'highest rate of a sweep, in records per second (default: 5000)')
    .option('--fault <spec>', 'NAME:key=value,… under which each arm writes; repeatable', collect)
    .option('--adversary <n>', 'n rounds, the k-th with legal faults of seed k')
    .option('--intensity <share>', 'share of puts and reads with a fault of the adversary, at most 0.5 (default: 0.1)')
    .option('--baseline <file>', 'a comparison written by --reporter json: shows what changed since')
    .option(
      '--fail-if <bound>',
      'p99>+20% (since the baseline), p99>50ms, inversions>0: exit code 1; repeatable',
      collect,
    )
    .option('--reporter <name[=file]>', 'terminal, json, markdown, html; repeatable', collect)
    .option('--format <name>', 'the same as --reporter', collect)
    .option('--out <folder>', 'folder for histories and reports (default: reports)')
    .option('--keep-reports <n>', 'number of runs that are kept in that folder, the newest ones (default: 20)')
    .option('--keep', 'keeps the streams')
    .option('--yes', 'confirms what a run on AWS creates')
    .addHelpText(
      'after',
      `\nBuilt-in arms:\n${armLines}\n\nExample: kinesis-order compare --rate 500 --seconds 10 --reporter html=compare.html\n${exitCodes}`,
    )
    .action(async (words: string[], flags, { parent }: Command) => {
      const typed = (parent as (Command & { readonly rawArgs?: readonly string[] }) | null)?.rawArgs ?? [];
      const behind = typed.includes('--') ? typed.length - typed.indexOf('--') - 1 : 0;
      if (typed.includes('--') && behind === 0)
        throw new HarnessError('usage', 'compare: no command stands behind --', {
          hint: 'kinesis-order compare -- node my-producer.mjs',
        });
      const files = words.slice(0, words.length - behind);
      const command = words.slice(words.length - behind);
      done(await (await import('./compare-command.ts')).compareCommand(files, command, flags));
    });
};
