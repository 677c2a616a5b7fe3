import type { Command } from 'commander';
import { collect } from './verb-words.ts';

const exitCodes = `
Exit codes: 0 compared · 1 --fail-if holds · 2 usage · 3 the engine failed · 4 --fail-if cannot be decided: n too small · 5 the command failed · 130 interrupted`;

/** The verb's options; what it does is loaded when it is called. */
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
        'FILE -- COMMAND: a scenario, whose stream, keys, payloads, faults and reshards are used, and whose producers are arms; a program that is handed the same records as JSON lines',
      ),
  )
    .description('compares ways to write by order, latency, rate and cost: the same records at the same times for each')
    .option('--arm <arm>', 'NAME of a built-in arm, or TYPE:key=value,… of a producer; several times', collect)
    .option('--rate <n>', 'records a second, whatever the answers do (150)')
    .option('--seconds <n>', 'how long, each arm and round (3.5)')
    .option('--arrivals <how>', 'constant (default), or poisson: gaps by chance of the seed')
    .option('--rounds <n>', 'rounds, interleaved (2)')
    .option('--seed <seed>', 'replays: same keys, payloads, schedule')
    .option('--poll <ms>', "the reader's pause behind an empty page; AWS takes 5 calls a second (200)")
    .option(
      '--sweep <what>',
      'rates: the highest sustained rate of each arm, and latency over load; packing: RecordMaxBufferedTime 0 to 1,000 ms; all',
    )
    .option('--rate-max <n>', 'no sweep offers more records a second (5000)')
    .option('--fault <spec>', 'NAME:key=value,… under which each arm writes; several times', collect)
    .option('--adversary <n>', 'n rounds, the k-th under every legal fault by seed k')
    .option('--intensity <share>', 'share of the puts and reads that meet a fault of the adversary, at most 0.5 (0.1)')
    .option('--baseline <file>', 'a comparison that --reporter json wrote: what changed since')
    .option(
      '--fail-if <bound>',
      'p99>+20% (since the baseline), p99>50ms, inversions>0: exit code 1; several times',
      collect,
    )
    .option('--reporter <name[=file]>', 'terminal, json, markdown, html; several times', collect)
    .option('--format <name>', 'the same as --reporter', collect)
    .option('--out <folder>', 'where histories and reports go (reports)')
    .option('--keep-reports <n>', 'so many runs stay there, the newest (20)')
    .option('--keep', 'leaves the streams')
    .option('--yes', 'agrees to what a run on AWS creates')
    .addHelpText(
      'after',
      `\nExample: kinesis-order compare --rate 500 --seconds 10 --reporter html=compare.html\n${exitCodes}`,
    )
    .action(async (words: string[], flags, { parent }: Command) => {
      const typed = (parent as (Command & { readonly rawArgs?: readonly string[] }) | null)?.rawArgs ?? [];
      const behind = typed.includes('--') ? typed.length - typed.indexOf('--') - 1 : 0;
      const files = words.slice(0, words.length - behind);
      const command = words.slice(words.length - behind);
      done(await (await import('./compare-command.ts')).compareCommand(files, command, flags));
    });
};
