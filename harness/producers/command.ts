import type { Writable } from 'node:stream';
import { commandEnv } from '../commands/command-env.ts';
import { fillIn } from '../commands/command-place.ts';
import { lineSplitter } from '../commands/line-splitter.ts';
import { type CommandEnd, type RunningCommand, startCommand } from '../commands/start-command.ts';
import { waitFor, waitWords } from '../commands/wait-for.ts';
import { waitOf } from '../commands/wait-options.ts';
import { HarnessError } from '../lib/error.ts';
import { lastWords } from '../lib/last-words.ts';
import { type CommandOptions, commandOptions } from './command-options.ts';
import { type HandOver, handOver } from './hand-over.ts';
import { defineProducer, type ProducerTools } from './producer.ts';
import type { Door } from './program.ts';

/**
 * A program of the user's, unchanged. It finds the gateway in its environment or its arguments, and its calls there
 * are recorded.
 */
export const command = defineProducer({
  type: 'command',
  summary: 'a program of yours, which puts its own records, or is handed those of the workload as JSON lines',
  needsGateway: true,
  options: commandOptions,
  make: (options) => (tools) => produce(options, tools),
});

const produce = async (options: CommandOptions, tools: ProducerTools): Promise<void> => {
  const door = await doorOf(tools);
  const handing = options.records === 'stdin' ? handOver(tools, options) : undefined;
  const printed = new Set<(text: string) => void>();
  const running = await start(options, door, handing, printed);
  const [program] = options.run;
  try {
    const started = await isStarted(options, tools, door, running, printed);
    if (!started) return;
    const writing = handing?.write(running.stdin as Writable, running.exited);
    await until(running.exited, options.forMs, tools);
    await writing;
  } finally {
    const left = await running.end();
    const end = await running.exited;
    if (handing !== undefined) tools.note?.(`${program} ${handing.sentence()}`);
    if (left.length > 0)
      tools.note?.(`${program} left processes that could not be ended: ${left.map(({ pid }) => pid).join(', ')}`);
    if (!end.isOurs && end.code !== 0) tools.failed?.(failedWords(program, end, running.lastLines()));
  }
};

const doorOf = async ({ door }: ProducerTools): Promise<Door> => {
  if (door !== undefined) return door();
  throw new HarnessError('usage', 'producers: a command needs a gateway, and this target has none');
};

const start = (
  options: CommandOptions,
  door: Door,
  handing: HandOver | undefined,
  printed: ReadonlySet<(text: string) => void>,
): Promise<RunningCommand> => {
  const [program, ...args] = options.run;
  const lines = lineSplitter((line) => void handing?.hear(line));
  return startCommand({
    run: [fillIn(program, door), ...args.map((argument) => fillIn(argument, door))],
    env: {
      ...commandEnv({
        place: door,
        run: door.id,
        isPointed: true,
        isAws: Object.keys(door.env).length === 0,
        env: { ...process.env, ...door.env },
      }),
      ...options.env,
    },
    id: door.id,
    logFile: door.logFile,
    gracefulShutdown: options.gracefulShutdown,
    stdin: handing === undefined ? 'ignore' : 'pipe',
    onOutput: (chunk, from) => {
      if (from !== 'stdout') return;
      lines(chunk);
      for (const listener of printed) listener(chunk.toString('utf8'));
    },
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
};

/**
 * Resolves to true when the program has started or ended, to false if the run ends before. Rejects with
 * HarnessError('target') if the program does not start in time. A program that is handed records has nothing to call
 * before, so it is not waited for.
 */
const isStarted = async (
  options: CommandOptions,
  tools: ProducerTools,
  door: Door,
  running: RunningCommand,
  printed: Set<(text: string) => void>,
): Promise<boolean> => {
  const wait = waitOf(options.wait);
  if (wait.type === 'firstCall' && options.records === 'stdin') return true;
  const over = new AbortController();
  const late = tools.clock.sleep(options.timeoutMs, over.signal).then(
    () => 'late' as const,
    () => 'over' as const,
  );
  const waiting = waitFor(wait, {
    firstCall: door.firstCall,
    onStdout: (listener) => {
      printed.add(listener);
      return () => printed.delete(listener);
    },
    signal: over.signal,
  }).then(
    () => 'started' as const,
    () => 'over' as const,
  );
  const ended = running.exited.then(() => 'started' as const);
  const stopped = aborted(tools.signal).then(() => 'over' as const);
  const outcome = await Promise.race([waiting, late, ended, stopped]);
  over.abort(new Error('over'));
  if (outcome !== 'late') return outcome === 'started';
  throw new HarnessError(
    'target',
    `${options.run[0]} did not start within ${options.timeoutMs} ms: waited for ${waitWords(wait)} (${door.endpoint})`,
    { hint: `its last lines: ${running.lastLines().join(' | ') || 'none'}` },
  );
};

/** Resolves at the end of the program, of its time, or of the run. */
const until = async (
  exited: Promise<CommandEnd>,
  forMs: number | undefined,
  { clock, signal }: ProducerTools,
): Promise<void> => {
  const over = new AbortController();
  const time = forMs === undefined ? [] : [clock.sleep(forMs, over.signal).catch(() => undefined)];
  await Promise.race([exited, aborted(signal), ...time]);
  over.abort();
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

const failedWords = (program: string, { code, signal }: CommandEnd, lines: readonly string[]): string => {
  const end = signal === null ? `exit code ${code}` : `signal ${signal}`;
  return `the command ${program} failed with ${end}${lastWords(lines)}`;
};
