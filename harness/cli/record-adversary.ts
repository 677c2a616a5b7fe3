import { exitCodeOf, HarnessError } from '../lib/error.ts';
import { print } from '../lib/print.ts';
import { exitCodeOfVerdict } from '../model/verdict.ts';
import type { RecordResult } from '../record/options.ts';
import { countFlag } from './record-flags.ts';

type Flags = {
  readonly adversary?: string;
  readonly intensity?: string;
  readonly fault?: readonly string[];
  readonly finalOnly?: boolean;
};

/**
 * Makes one recording under these faults. `isReported`: given the exit code, true if machine reporters write the
 * recording.
 */
type Once = (run: {
  readonly fault: readonly string[];
  /** The command line for the replay line. */
  readonly typed: readonly string[];
  readonly isReported: (code: number) => boolean;
  readonly onResult: (result: Pick<RecordResult, 'fired' | 'requests'>) => void;
}) => Promise<number>;

const broken: ReadonlySet<number> = new Set([exitCodeOfVerdict.violated, exitCodeOf.command]);

const shareDefault = 0.1;
const shareMax = 0.5;
/**
 * A seed with fewer firings hardly tests anything. Without --intensity, the next seed then gets twice the intensity.
 */
const fewFired = 3;

/**
 * `record --adversary N`: runs the command under the adversary's seeds 1 to N, until a promise is broken or the
 * command fails. Each seed gets a new engine if this tool starts the engine. Returns the exit code.
 */
export const recordAdversary = async (
  command: readonly string[],
  { adversary, intensity, ...flags }: Flags,
  typed: readonly string[],
  once: Once,
): Promise<number> => {
  const seeds = countFlag('--adversary', adversary) ?? 1;
  assertRepeatable(command, flags);
  const codes: number[] = [];
  let share = shareDefault;
  for (let seed = 1; seed <= seeds; ) {
    const fault = `adversary:seed=${seed},intensity=${intensity ?? share}`;
    let fired: Fired = {};
    let isSilent = false;
    const mayRise = intensity === undefined && share < shareMax;
    const isAgain = (): boolean => mayRise && countOf(fired) === 0;
    const code = await once({
      fault: [...(flags.fault ?? []), fault],
      typed: withFault(typed, fault),
      // Machine reporters write only one report: of the seed that broke a promise, or of the last seed.
      isReported: (told) => isOver(told) || isSilent || (seed === seeds && !isAgain()),
      onResult: (result) => {
        fired = result.fired ?? {};
        isSilent = result.requests === 0;
      },
    });
    const replay = broken.has(code) ? `; replay with --fault ${fault}` : '';
    tell(`seed ${seed} of ${seeds}: ${wordsOf(code)}; ${firedWords(fired)}${replay}`);
    // A program that makes no call meets no fault under any seed, so no other seed is tried.
    if (isOver(code) || isSilent) return code;
    if (!isAgain()) {
      codes.push(code);
      seed += 1;
    }
    if (!mayRise || countOf(fired) >= fewFired) continue;
    share = Math.min(shareMax, share * 2);
    tell(`the command makes few calls: the intensity is ${share} from here on`);
  }
  return ended(codes, seeds);
};

type Fired = Readonly<Record<string, number>>;

const countOf = (fired: Fired): number => Object.values(fired).reduce((sum, times) => sum + times, 0);

/** The exit code after all seeds. A seed whose faults hit nothing has tested nothing, so it is not a pass. */
const ended = (codes: readonly number[], seeds: number): number => {
  const open = codes.filter((code) => code !== 0).length;
  const why = 'nothing was proved under those: their faults hit no call, or something else stayed open';
  tell(`none of ${seeds} seeds broke it${open === 0 ? '' : `; ${open} were inconclusive (${why})`}`);
  return open === 0 ? 0 : exitCodeOfVerdict.unknown;
};

const firedWords = (fired: Fired): string => {
  const kinds = Object.entries(fired).map(([kind, count]) => `${kind} ${count}`);
  return kinds.length === 0 ? 'no fault hit a call' : `fired: ${kinds.join(', ')}`;
};

const assertRepeatable = (command: readonly string[], { finalOnly }: Flags): void => {
  if (command.length > 0 && finalOnly !== true) return;
  throw new HarnessError('usage', 'record --adversary starts a command again for each seed, and there is none', {
    hint: 'kinesis-order record --adversary 20 -- python producer.py; without a command, --fault adversary:seed=1',
  });
};

/**
 * True if no other seed is tried: a promise is broken, the run was interrupted, or no other seed would avoid the
 * failure.
 */
const isOver = (code: number): boolean => code !== 0 && code !== exitCodeOfVerdict.unknown;

const wordsOf = (code: number): string => {
  if (code === 0) return 'held';
  if (code === exitCodeOfVerdict.violated) return 'a promise is broken';
  if (code === exitCodeOf.command) return 'the command failed';
  return code === exitCodeOfVerdict.unknown ? 'inconclusive' : `exit code ${code}`;
};

const tell = (text: string): void => print.err(`kinesis-order: adversary: ${text}\n`);

const valued: ReadonlySet<string> = new Set(['--adversary', '--intensity']);

/** The command line as typed, with one fault of the adversary in place of --adversary and --intensity. */
const withFault = (typed: readonly string[], fault: string): readonly string[] => {
  const kept = typed.filter(
    (word, index) => !valued.has(word.split('=')[0] ?? '') && !valued.has(typed[index - 1] ?? ''),
  );
  const at = kept.indexOf('record') + 1;
  return kept.toSpliced(at, 0, '--fault', fault);
};
