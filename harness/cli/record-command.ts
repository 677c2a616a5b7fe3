import { join, relative } from 'node:path';
import { assertWritable } from '../lib/assert-writable.ts';
import { systemClock } from '../lib/clock.ts';
import { exitCodeOf, HarnessError } from '../lib/error.ts';
import { freshRunName } from '../lib/run-name.ts';
import { finalOnly } from '../record/final-only.ts';
import type { RecordedCommand, RecordOptions, RecordResult } from '../record/options.ts';
import { record } from '../record/record.ts';
import { noteAlive } from '../session/alive.ts';
import { type JudgingFlags, judgingOfFlags } from '../session/judging-flags.ts';
import { keepReportsDefault } from '../session/keep-reports.ts';
import { loadConfig } from '../session/settings.ts';
import { startChoice } from '../session/start-target.ts';
import { chooseTarget, type TargetChoice, type TargetFlags } from '../session/target-choice.ts';
import { parseIdentity } from '../tap/identity/parse.ts';
import type { RunningTarget } from '../targets/target.ts';
import { consoleFor, type DetailFlags, detailOf } from './console.ts';
import { type ConsumerFlags, consumerFlags } from './consumer-flags.ts';
import { noticeOf } from './deadlines.ts';
import { assertNoInput, isOutTaken, parseOutputs } from './output.ts';
import { recordAdversary } from './record-adversary.ts';
import {
  assertPossible,
  countFlag,
  faultFlags,
  gracefulFlag,
  keepFlag,
  listenFlag,
  reshardFlags,
  timeFlag,
  waitFlag,
} from './record-flags.ts';
import { judgeRecording } from './record-judge.ts';
import { recordShown } from './record-shown.ts';
import { stopSignals } from './record-signals.ts';
import { whileWaiting } from './ticking.ts';
import { withoutSecrets } from './without-secrets.ts';

const timeoutMs = 120_000;

/** The flags as commander passes them. */
export type RecordFlags = TargetFlags &
  JudgingFlags &
  ConsumerFlags &
  DetailFlags & {
    readonly stream?: readonly string[];
    readonly shards?: string;
    readonly id?: string;
    readonly producer?: string;
    readonly fault?: readonly string[];
    readonly adversary?: string;
    readonly intensity?: string;
    readonly reshard?: readonly string[];
    readonly stopAfter?: string;
    readonly for?: string;
    readonly listen?: string;
    readonly wait?: string;
    readonly timeout?: string;
    readonly graceful?: string;
    readonly cwd?: string;
    readonly env?: boolean;
    readonly seal?: boolean;
    readonly finalOnly?: boolean;
    readonly keep?: boolean;
    readonly strict?: boolean;
    readonly keepReports?: string;
    readonly reporter?: readonly string[];
    readonly out?: string;
    readonly config?: string;
  };

/** `record`: records once, or once for each seed of the adversary. Returns the exit code. */
export const recordCommand = async (
  command: readonly string[],
  flags: RecordFlags,
  typed: readonly string[],
): Promise<number> => {
  if (flags.adversary !== undefined)
    return recordAdversary(command, flags, typed, ({ fault, ...once }) =>
      recordOnce(command, { ...flags, fault }, once),
    );
  if (flags.intensity === undefined) return recordOnce(command, flags, { typed, isReported: () => true });
  throw new HarnessError('usage', "--intensity is the adversary's, and there is none", {
    hint: 'record --adversary 20 --intensity 0.2 -- CMD, or --fault adversary:seed=1,intensity=0.2',
  });
};

type RecordOnce = {
  /** The command line for the replay line. */
  readonly typed: readonly string[];
  /** Given the exit code, true if reporters other than the terminal write this run. */
  readonly isReported: (code: number) => boolean;
  readonly onResult?: (result: RecordResult) => void;
};

/** Runs the user's program in front of a gateway, then judges each stream that it wrote to. Returns the exit code. */
const recordOnce = async (
  command: readonly string[],
  flags: RecordFlags,
  { typed, isReported, onResult }: RecordOnce,
): Promise<number> => {
  const config = await loadConfig(process.cwd(), flags.config);
  const asked = askedOf(command, flags);
  const started = commandOf(command, flags);
  const choice = chooseTarget(flags, config);
  assertMayMake(flags, choice);
  const outputs = parseOutputs(flags.reporter ?? config.reporter ?? ['terminal']);
  await assertNoInput(
    outputs.map(({ file }) => file),
    [flags.config, flags.baseline],
  );
  const out = flags.out ?? config.out ?? 'reports';
  await assertWritable(out);
  const words = consoleFor(isOutTaken(outputs), detailOf(flags));
  const clock = systemClock();
  const run = freshRunName(clock.wallMs());
  const stop = stopSignals();
  let target: RunningTarget | undefined;
  let shown: ReturnType<typeof recordShown> | undefined;
  try {
    await noteAlive(run, clock.wallMs());
    target = await whileWaiting(words, `starting ${choice.name}`, clock.now, startChoice(choice, stop.signal));
    const waitsFor = command[0] ?? 'the end of the recording';
    shown = recordShown(words, { isOutTaken: isOutTaken(outputs), now: clock.now, waitsFor });
    const options: RecordOptions = {
      ...asked,
      target,
      clock,
      run,
      isPrivate: choice.endpoint === undefined && choice.name !== 'aws',
      folder: join(out, run),
      command: started === undefined ? undefined : { ...started, onOutput: shown.onOutput },
      stop: stop.signal,
      onListening: (endpoint) => words.human(listeningWords(endpoint, target, command)),
      onProgress: shown.onProgress,
    };
    const begun = clock.now();
    const result = flags.finalOnly === true ? await finalOnly(options) : await record(options);
    const durationMs = Math.round((clock.now() - begun) / 1000);
    onResult?.(result);
    shown.stop();
    words.human(`\n`);
    const replay = `npx kinesis-order ${withoutSecrets(typed)}`;
    const judging = judgingOfFlags(flags);
    return await judgeRecording(result, {
      options,
      outputs,
      isReported,
      words,
      strict: flags.strict ?? config.strict ?? false,
      keepReports: keepFlag(flags.keepReports) ?? config.keepReports ?? keepReportsDefault,
      expect: judging.expect,
      because: judging.because,
      expired: judging.expired,
      replay,
      isFinalOnly: flags.finalOnly === true,
      durationMs,
    });
  } catch (thrown) {
    if (stop.signal.aborted) return exitCodeOf.interrupted;
    throw thrown;
  } finally {
    shown?.stop();
    await target?.stop();
    stop.dispose();
  }
};

type Asked = Omit<
  RecordOptions,
  'target' | 'clock' | 'run' | 'isPrivate' | 'folder' | 'command' | 'stop' | 'onListening' | 'onProgress'
>;

/**
 * The options that the flags set. Finds every mistake in them before an engine is started; throws
 * HarnessError('usage').
 */
const askedOf = (command: readonly string[], flags: RecordFlags): Asked => {
  const { id = 'none', stream: streams = [] } = flags;
  const { question = 'pipeline' } = judgingOfFlags(flags);
  if (flags.finalOnly === true && (streams.length === 0 || command.length > 0))
    throw new HarnessError('usage', 'record --final-only reads streams, and starts nothing', {
      hint: 'kinesis-order record --final-only --stream orders --endpoint http://localhost:4566',
    });
  if (command.length === 0 && flags.listen === undefined && flags.finalOnly !== true)
    throw new HarnessError('usage', 'record: there is no command and no --listen', {
      hint: 'kinesis-order record -- python producer.py, or kinesis-order record --listen 4568',
    });
  const identity = parseIdentity(id);
  const { producer = 'app', consumerName = 'consumer' } = flags;
  const [faults, reshard] = [faultFlags(flags.fault), reshardFlags(flags.reshard)];
  assertPossible(faults, { producer, readers: flags.consumer === undefined ? [] : [consumerName], reshard });
  return {
    streams,
    shards: countFlag('--shards', flags.shards),
    identity,
    identityText: id,
    producer,
    ...consumerFlags(flags, { timeoutMs: timeFlag('--timeout', flags.timeout) ?? timeoutMs }),
    question,
    faults,
    reshard,
    stopAfter: countFlag('--stop-after', flags.stopAfter),
    forMs: timeFlag('--for', flags.for),
    listen: listenFlag(flags.listen),
    seal: flags.seal ?? false,
    keep: flags.keep ?? false,
  };
};

const assertMayMake = ({ shards }: RecordFlags, { name }: TargetChoice): void => {
  if (shards === undefined || name !== 'aws') return;
  throw new HarnessError('usage', '--shards: record makes no stream on AWS', {
    hint: 'make it yourself, or record on an emulator',
  });
};

const commandOf = (command: readonly string[], flags: RecordFlags): Omit<RecordedCommand, 'onOutput'> | undefined => {
  const wait = waitFlag(flags.wait);
  const graceful = gracefulFlag(flags.graceful);
  const timeout = timeFlag('--timeout', flags.timeout) ?? timeoutMs;
  const [name, ...args] = command;
  if (name === undefined) return undefined;
  return {
    run: [name, ...args],
    wait,
    isPointed: flags.env ?? true,
    timeoutMs: timeout,
    gracefulShutdown: graceful,
    ...(flags.cwd === undefined ? {} : { cwd: flags.cwd }),
  };
};

const listeningWords = (endpoint: string, target: RunningTarget | undefined, command: readonly string[]): string => {
  const until = command.length > 0 ? '' : `, until Ctrl-C or curl -X POST ${endpoint}/_kinesis-order/end`;
  return `kinesis-order: recording at ${endpoint} (${target?.engine} ${target?.version}${target === undefined ? '' : noticeOf(target)})${until}\n`;
};

export const folderWords = (folder: string): string => relative(process.cwd(), folder) || folder;
