import { join } from 'node:path';
import { commandEnv } from '../commands/command-env.ts';
import { type CommandPlace, fillIn } from '../commands/command-place.ts';
import { type CommandEnd, type RunningCommand, startCommand } from '../commands/start-command.ts';
import { waitFor, waitWords } from '../commands/wait-for.ts';
import { HarnessError } from '../lib/error.ts';
import { follow } from '../run/follow.ts';
import { linesPath } from '../subjects/lines-place.ts';
import type { RecordedCommand, RecordOptions, RecordResult } from './options.ts';

export type LoadOptions = {
  readonly options: RecordOptions;
  /** Set if the program prints the lines of a consumer under test on its standard output. */
  readonly hear: (chunk: Buffer) => Promise<void> | undefined;
  readonly place: CommandPlace & { readonly bundle: string | undefined };
  /** Resolves with the first request at the gateway, of any kind. */
  readonly firstRequest: Promise<void>;
  /** Resolves when the load must end: enough records were acknowledged, or a request asked for it. */
  readonly enough: Promise<void>;
  /** Aborted when nothing can be recorded any more. */
  readonly signal: AbortSignal;
};

type Loaded = Pick<RecordResult, 'command'> & { readonly failure?: HarnessError };

/** Runs the command until it ends or is ended. Without a command, waits until the load is asked to end. */
export const load = async (loading: LoadOptions): Promise<Loaded> => {
  const { options, enough, signal } = loading;
  const over = follow(options.stop, signal);
  const forMs = options.forMs;
  const timer = forMs === undefined ? undefined : options.clock.sleep(forMs, over.signal).catch(() => undefined);
  const told = new Promise<void>((resolve) => {
    if (over.signal.aborted) resolve();
    else over.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  const ends = [enough, told, ...(timer === undefined ? [] : [timer])];
  try {
    if (options.command !== undefined) return await loadByCommand(loading, options.command, ends);
    await Promise.race(ends);
    return {};
  } finally {
    over.abort();
    over.release();
  }
};

const loadByCommand = async (
  loading: LoadOptions,
  command: RecordedCommand,
  ends: readonly Promise<void>[],
): Promise<Loaded> => {
  const { options } = loading;
  const listeners = new Set<(text: string) => void>();
  const running = await start(loading, command, listeners);
  const forward = (): void => running.forward('SIGINT');
  options.stop.addEventListener('abort', forward, { once: true });
  const started = follow(options.stop, loading.signal);
  const late = options.clock.sleep(command.timeoutMs, started.signal).then(
    () => started.abort(notStarted(command, running, loading.place.endpoint)),
    () => undefined,
  );
  const waiting = waitFor(command.wait, {
    firstCall: loading.firstRequest,
    onStdout: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    signal: started.signal,
  });
  try {
    const failure = await Promise.race([
      waiting.then(
        () => undefined,
        (thrown: unknown) => (options.stop.aborted || loading.signal.aborted ? undefined : (thrown as HarnessError)),
      ),
      running.exited.then(() => undefined),
      ...ends.map((end) => end.then(() => undefined)),
    ]);
    if (failure === undefined) await Promise.race([running.exited, ...ends]);
    return { ...(await ended(running, options)), ...(failure === undefined ? {} : { failure }) };
  } finally {
    options.stop.removeEventListener('abort', forward);
    started.abort(new HarnessError('interrupted', 'over'));
    started.release();
    await late;
  }
};

/** Ends the command. After Ctrl-C, which was passed on, the program first has some time to end by itself. */
const ended = async (running: RunningCommand, { stop, command, clock }: RecordOptions): Promise<Loaded> => {
  const grace = new AbortController();
  if (stop.aborted) {
    const late = clock.sleep(command?.gracefulShutdown.timeoutMs ?? 0, grace.signal).catch(() => undefined);
    await Promise.race([running.exited, late]);
  }
  grace.abort();
  const left = await running.end();
  const end: CommandEnd = await running.exited;
  return { command: { ...end, pid: running.pid, left, lastLines: running.lastLines() } };
};

const start = (
  { options, place, hear }: LoadOptions,
  command: RecordedCommand,
  listeners: ReadonlySet<(text: string) => void>,
): Promise<RunningCommand> => {
  const [name, ...args] = command.run;
  return startCommand({
    ...command,
    run: [fillIn(name, place), ...args.map((argument) => fillIn(argument, place))],
    env: {
      ...commandEnv({
        place,
        run: options.run,
        isPointed: command.isPointed,
        isAws: options.target.client.endpoint === undefined,
        env: process.env,
      }),
      ...linesEnv(options, place),
    },
    id: options.run,
    logFile: join(options.folder, 'command.log'),
    stdin: 'inherit',
    onOutput: (chunk, from) => {
      command.onOutput(chunk, from === 'stderr' ? 'stderr' : 'stdout');
      if (from !== 'stdout') return undefined;
      for (const listener of listeners) listener(chunk.toString('utf8'));
      return hear(chunk);
    },
  });
};

/** The variable with the place for subject lines, for a program that contains the consumer under test. */
const linesEnv = ({ ownLines }: RecordOptions, { endpoint }: CommandPlace): Record<string, string> => {
  if (ownLines === undefined) return {};
  return { KINESIS_ORDER_LINES: ownLines.isOnStdout ? 'stdout' : `${endpoint}${linesPath}` };
};

const notStarted = (command: RecordedCommand, running: RunningCommand, endpoint: string): HarnessError => {
  const lines = running.lastLines().join('\n  ');
  return new HarnessError(
    'target',
    `${command.run[0]} did not start within ${command.timeoutMs} ms: waited for ${waitWords(command.wait)} (${endpoint})`,
    { hint: lines === '' ? 'it printed nothing' : `its last lines:\n  ${lines}` },
  );
};
